package org.sksync.testkit.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What a connection does, step by step, from the moment that it is there. Immutable. After the last step it stays as it
 * is until somebody closes it.
 */
public final class Script {
    /** Nothing: connected and silent. */
    public static final Script SILENT = new Script(List.of());

    private final List<Step> steps;

    private Script(List<Step> steps) {
        this.steps = steps;
    }

    /** One step; it calls {@link LoadConnection#next} when it is done. */
    @FunctionalInterface
    interface Step {
        void begin(LoadConnection connection);
    }

    /** Says a text at once, one byte for each character. */
    public Script say(String text) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        return then(connection -> connection.say(bytes));
    }

    /** Waits until the server has said so many more lines. */
    public Script awaitLines(int count) {
        return then(connection -> connection.awaitLines(count));
    }

    /** Says a text byte by byte, again from the start when it is through. The last step. */
    public Script trickle(String text, Duration interval) {
        byte[] bytes = text.getBytes(ISO_8859_1);
        return then(connection -> connection.trickle(bytes, interval));
    }

    /** Reads no more, so that what the server says piles up on its side. The next step follows at once. */
    public Script stopReading() {
        return then(LoadConnection::stopReading);
    }

    private Script then(Step step) {
        List<Step> more = new ArrayList<>(steps);
        more.add(step);
        return new Script(List.copyOf(more));
    }

    List<Step> steps() {
        return steps;
    }
}
