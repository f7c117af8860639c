package org.sksync.server;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Lines that peers can cause at will, at most so many of a kind in each period; of the others, how many there were. Safe
 * on any thread.
 */
final class BurstLog {

    private final Duration period;
    private final BiConsumer<Runnable, Duration> timer;
    private final Consumer<String> log;
    private final Map<String, Burst> bursts = new HashMap<>();

    private static final class Burst {
        private int written;
        private long suppressed;
        private String last = "";
    }

    /**
     * Creates one.
     *
     * @param period how long a burst is counted before it is summed up
     * @param timer runs a task later
     * @param log takes a line
     */
    BurstLog(Duration period, BiConsumer<Runnable, Duration> timer, Consumer<String> log) {
        this.period = period;
        this.timer = timer;
        this.log = log;
    }

    /** Writes a line, or counts it where as many as {@code atMost} of its kind were written in this period. */
    synchronized void add(String kind, int atMost, String line) {
        Burst burst = bursts.get(kind);
        if (burst == null) {
            burst = new Burst();
            bursts.put(kind, burst);
            timer.accept(() -> sumUp(kind), period);
        }
        if (burst.written < atMost) {
            burst.written++;
            log.accept(line);
        } else {
            burst.suppressed++;
            burst.last = line;
        }
    }

    private synchronized void sumUp(String kind) {
        Burst burst = bursts.remove(kind);
        if (burst != null && burst.suppressed > 0) {
            log.accept(burst.suppressed + " more within " + period.toSeconds() + " s: " + kind + "; the last: "
                    + burst.last);
        }
    }
}
