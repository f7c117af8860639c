package org.sksync.server;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Holds work to a tenth of the time, so that sessions hardly notice it. Asked between two steps of the work whether it is
 * to stop, it first rests if it is time to. For one thread.
 */
final class Pace implements BooleanSupplier {
    /** How to wait. */
    @FunctionalInterface
    interface Pause {
        /** Waits for so long, not at all if that is zero, or until the work is to stop, and returns whether it is. */
        boolean stopsWithin(long nanos) throws InterruptedException;
    }

    private static final int RESTS_PER_WORK = 9;
    /** Steps take microseconds, and so many short rests would be work themselves. */
    private static final long WORK_NANOS = Duration.ofMillis(10).toNanos();
    /** A step that takes this long was held up, by a disk or by a machine that slept: that was no work. */
    private static final long LONGEST_REST_NANOS = Duration.ofMinutes(1).toNanos();

    private final LongSupplier nanoTime;
    private final Pause pause;
    private long sinceNanos;

    /**
     * Creates one; the work begins now.
     *
     * @param nanoTime the time in nanoseconds, such as {@link System#nanoTime}
     * @param pause how to rest
     */
    Pace(LongSupplier nanoTime, Pause pause) {
        this.nanoTime = nanoTime;
        this.pause = pause;
        this.sinceNanos = nanoTime.getAsLong();
    }

    /** Rests if it is time to, and returns whether the work is to stop. */
    @Override
    public boolean getAsBoolean() {
        try {
            return pause.stopsWithin(0) || restIsCutShort();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private boolean restIsCutShort() throws InterruptedException {
        long workedNanos = nanoTime.getAsLong() - sinceNanos;
        if (workedNanos < WORK_NANOS) {
            return false;
        }
        boolean stops = pause.stopsWithin(Math.min(RESTS_PER_WORK * workedNanos, LONGEST_REST_NANOS));
        sinceNanos = nanoTime.getAsLong();
        return stops;
    }
}
