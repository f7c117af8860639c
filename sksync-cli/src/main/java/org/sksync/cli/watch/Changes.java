package org.sksync.cli.watch;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** The changes that a watch has told of and that nobody has looked at yet. Thread-safe. */
public final class Changes {

    /** Beyond that it does not matter which they are. */
    private static final int MAX_FILES = 10_000;

    private final LongSupplier nanos;
    private final Map<Path, Long> files = new LinkedHashMap<>();
    private boolean somewhere;
    private long somewhereNanos;

    /** Begins without one; {@code nanos} is the clock of the schedule. */
    public Changes(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /**
     * What has changed.
     *
     * @param files each with when it did for the last time
     * @param somewhere whether other files may have changed too
     * @param somewhereNanos when they did, if so
     */
    record Seen(Map<Path, Long> files, boolean somewhere, long somewhereNanos) {}

    /** Takes note of a file. */
    public synchronized void changed(Path file) {
        if (files.size() >= MAX_FILES && !files.containsKey(file)) {
            changedSomewhere();
            return;
        }
        files.put(file, nanos.getAsLong());
        notifyAll();
    }

    /** Takes note that any file may have changed. */
    public synchronized void changedSomewhere() {
        somewhere = true;
        somewhereNanos = nanos.getAsLong();
        notifyAll();
    }

    /** Returns what has changed since the last call. */
    synchronized Seen take() {
        Seen seen = new Seen(Map.copyOf(files), somewhere, somewhereNanos);
        files.clear();
        somewhere = false;
        return seen;
    }

    /** Waits until there is a change, but no longer than so many nanoseconds. */
    synchronized void await(long atMostNanos) throws InterruptedException {
        long end = System.nanoTime() + atMostNanos;
        long left = atMostNanos;
        while (files.isEmpty() && !somewhere && left > 0) {
            wait(left / 1_000_000, (int) (left % 1_000_000));
            left = end - System.nanoTime();
        }
    }
}
