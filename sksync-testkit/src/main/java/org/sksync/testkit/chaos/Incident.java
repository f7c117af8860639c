package org.sksync.testkit.chaos;

import java.io.IOException;
import java.time.Duration;

/** What befalls a connection once so many bytes of one side have been handed over. Immutable. */
public final class Incident {
    /** Does it, on the thread that hands the bytes over. */
    @FunctionalInterface
    interface Effect {
        void strike(Relay relay) throws IOException, InterruptedException;
    }

    private final String text;
    private final Effect effect;

    private Incident(String text, Effect effect) {
        this.text = text;
        this.effect = effect;
    }

    /** The receiver sees the end of the stream (TCP FIN); what the sender says from then on is lost. */
    public static Incident end() {
        return new Incident("FIN", Relay::endOutput);
    }

    /** Both ends see the connection reset (TCP RST). */
    public static Incident reset() {
        return new Incident("RST", Relay::reset);
    }

    /** Nothing goes that way for a while; then it goes on. */
    public static Incident stall(Duration length) {
        return new Incident("stall of " + length.toMillis() + " ms", relay -> relay.pause(length));
    }

    /** Something is done to the world outside; no byte goes that way meanwhile. */
    public static Incident call(String name, Runnable action) {
        return new Incident(name, relay -> action.run());
    }

    void strike(Relay relay) throws IOException, InterruptedException {
        effect.strike(relay);
    }

    @Override
    public String toString() {
        return text;
    }
}
