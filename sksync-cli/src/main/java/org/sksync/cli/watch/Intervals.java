package org.sksync.cli.watch;

import java.time.Duration;

/**
 * The times of a watch.
 *
 * @param every how long after a sync the next one comes though nothing has changed here; zero: never
 * @param settle how long nothing may have changed before a change is synced
 * @param postponedAtMost after which time a change is synced though others follow it all the time
 */
public record Intervals(Duration every, Duration settle, Duration postponedAtMost) {

    /** How long after a sync the next one comes, unless it is told otherwise. */
    public static final Duration EVERY = Duration.ofMinutes(5);

    /** How long nothing may have changed before a change is synced, unless it is told otherwise. */
    public static final Duration SETTLE = Duration.ofSeconds(1);

    /** For how long a program that keeps writing may put a sync off. */
    private static final Duration POSTPONED_AT_MOST = Duration.ofSeconds(10);

    /** Checks that no time is negative. */
    public Intervals {
        if (every.isNegative() || settle.isNegative() || postponedAtMost.isNegative()) {
            throw new IllegalArgumentException("a time can't be negative");
        }
    }

    /** Returns intervals in which a change is put off for ten seconds at the most, or for as long as it has to settle. */
    public static Intervals of(Duration every, Duration settle) {
        return new Intervals(every, settle, settle.compareTo(POSTPONED_AT_MOST) > 0 ? settle : POSTPONED_AT_MOST);
    }

    /**
     * Returns how long after a sync the next one comes; zero for never.
     *
     * @param hearsChanges whether changes are told of; if not, there is an interval even where none was asked for
     */
    public Duration next(boolean hearsChanges) {
        return every.isZero() && !hearsChanges ? EVERY : every;
    }
}
