package org.sksync.cli.watch;

import java.time.Duration;

/**
 * Decides when a folder is synced next. Of these the first:
 *
 * <ul>
 *   <li>at once, at the start and when the machine has slept
 *   <li>when changes have settled, or were put off for long enough; but soon after a failure not yet
 *   <li>after the interval for the other side's changes, or after a failure when {@link Backoff} has it
 *   <li>where there is no folder, when it is time to look for it again
 * </ul>
 *
 * <p>Times are nanoseconds of any one clock that does not go back. Not thread-safe.
 */
final class Schedule {

    /** As long as it takes to notice that a disk was plugged in; a look costs next to nothing. */
    private static final Duration LOOK = Duration.ofSeconds(5);
    /** A change may well mean that the network is back, but a program that keeps writing says nothing of it. */
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);

    private static final long NEVER = Long.MAX_VALUE;

    private final Intervals intervals;
    private final Backoff backoff;
    private boolean atOnce = true;
    private boolean changed;
    private long firstChangeNanos;
    private long lastChangeNanos;
    private Outcome last = Outcome.DONE;
    private long endedNanos;
    private long pauseNanos = NEVER;

    /** Begins with a sync at once. */
    Schedule(Intervals intervals, Backoff backoff) {
        this.intervals = intervals;
        this.backoff = backoff;
    }

    /** Takes note of a change; those of before a sync begins are synced by it. */
    void changed(long atNanos) {
        if (!changed) {
            firstChangeNanos = atNanos;
            lastChangeNanos = atNanos;
        }
        changed = true;
        // Differences, since such a clock may pass from the largest number to the smallest.
        firstChangeNanos = atNanos - firstChangeNanos < 0 ? atNanos : firstChangeNanos;
        lastChangeNanos = atNanos - lastChangeNanos > 0 ? atNanos : lastChangeNanos;
    }

    /** Takes note that the machine has slept: much may have happened meanwhile. */
    void woke() {
        atOnce = true;
        backoff.reset();
    }

    /** Takes note that a sync begins now, before it looks at anything. */
    void began() {
        atOnce = false;
        changed = false;
    }

    /**
     * Takes note of how it went; {@link Outcome#REFUSED} and {@link Outcome#INTERRUPTED} have nothing after them.
     *
     * @param hearsChanges whether changes here are told of; if not, there is an interval even where none was asked for
     */
    void ended(Outcome outcome, boolean hearsChanges, long nowNanos) {
        last = outcome;
        endedNanos = nowNanos;
        if (outcome == Outcome.DONE) {
            backoff.reset();
        }
        pauseNanos = switch (outcome) {
            case DONE -> {
                Duration next = intervals.next(hearsChanges);
                yield next.isZero() ? NEVER : next.toNanos();
            }
            case FAILED -> backoff.failedNanos();
            case MISSING -> LOOK.toNanos();
            case REFUSED, INTERRUPTED -> NEVER;
        };
    }

    /** Tells whether a change waits for its sync. */
    boolean hasChange() {
        return changed;
    }

    /** Returns in how many nanoseconds to sync: 0 for now, {@link Long#MAX_VALUE} if only news can change a thing. */
    long dueInNanos(long nowNanos) {
        if (last == Outcome.REFUSED || last == Outcome.INTERRUPTED) {
            return NEVER;
        }
        if (atOnce) {
            return 0;
        }
        long regular = pauseNanos == NEVER ? NEVER : endedNanos + pauseNanos - nowNanos;
        return Math.max(0, Math.min(regular, changeDueInNanos(nowNanos)));
    }

    private long changeDueInNanos(long nowNanos) {
        if (!changed || last == Outcome.MISSING) {
            return NEVER;
        }
        long settled = lastChangeNanos + intervals.settle().toNanos() - nowNanos;
        long longEnough = firstChangeNanos + intervals.postponedAtMost().toNanos() - nowNanos;
        long due = Math.min(settled, longEnough);
        return last == Outcome.FAILED ? Math.max(due, endedNanos + BETWEEN_TRIES.toNanos() - nowNanos) : due;
    }
}
