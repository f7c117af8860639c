package org.sksync.cli.signal;

import java.util.Optional;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Listens to one signal until it is closed. What is done for it runs on a thread of the JVM's. A signal that whoever
 * started the process has ignored is not heard. Thread-safe.
 */
public final class SignalListener implements AutoCloseable {

    private final Signal signal;
    private final Runnable then;
    private final boolean passesOn;
    private SignalHandler before = SignalHandler.SIG_IGN;

    private SignalListener(Signal signal, Runnable then, boolean passesOn) {
        this.signal = signal;
        this.then = then;
        this.passesOn = passesOn;
    }

    /**
     * Listens to a signal that asks for something, such as {@code USR1}; empty where the platform has none of that name.
     *
     * @param name the signal's, without {@code SIG}
     */
    public static Optional<SignalListener> toQuestion(String name, Runnable then) {
        return listen(name, then, false);
    }

    /**
     * Listens to a signal that ends the process, such as {@code TERM}: it still does, after {@code then}. Empty where the
     * platform has none of that name, or the JVM leaves it alone.
     *
     * @param name the signal's, without {@code SIG}
     */
    public static Optional<SignalListener> toEnd(String name, Runnable then) {
        return listen(name, then, true);
    }

    private static Optional<SignalListener> listen(String name, Runnable then, boolean passesOn) {
        try {
            SignalListener listener = new SignalListener(new Signal(name), then, passesOn);
            listener.begin();
            return Optional.of(listener);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Begins; a signal that comes meanwhile waits until it is known who listened before. */
    private synchronized void begin() {
        before = Signal.handle(signal, new Hearing());
    }

    private final class Hearing implements SignalHandler {

        @Override
        public void handle(Signal heard) {
            then.run();
            if (passesOn) {
                before().handle(heard);
            }
        }
    }

    private synchronized SignalHandler before() {
        return before;
    }

    /** Listens no more. A question that comes too late is ignored: by default it would end the process. */
    @Override
    public synchronized void close() {
        Signal.handle(signal, passesOn ? before : SignalHandler.SIG_IGN);
    }
}
