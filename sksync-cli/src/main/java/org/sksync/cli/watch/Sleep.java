package org.sksync.cli.watch;

import java.time.Duration;

/**
 * Notices that the machine has slept: then the wall clock has gone on while the other one stood still. A wall clock that
 * was put forward passes for that too, which costs one sync. Not thread-safe.
 */
final class Sleep {

    /** More than a clock is put right by in passing. */
    private static final Duration NOTICED = Duration.ofSeconds(20);

    private long nanos;
    private long wallMillis;

    /** Begins with what the two clocks show now. */
    Sleep(long nowNanos, long nowWallMillis) {
        nanos = nowNanos;
        wallMillis = nowWallMillis;
    }

    /** Returns whether it has slept since the last call. */
    boolean noticed(long nowNanos, long nowWallMillis) {
        long stoodStillMillis =
                nowWallMillis - wallMillis - Duration.ofNanos(nowNanos - nanos).toMillis();
        nanos = nowNanos;
        wallMillis = nowWallMillis;
        return stoodStillMillis > NOTICED.toMillis();
    }
}
