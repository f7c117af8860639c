package org.sksync.transport.watch;

import java.time.Duration;

/**
 * The slowest that a peer may be: so many bytes must have moved before the window is over, again and again.
 *
 * @param bytesPerSecond at least 1
 * @param window longer than zero; over it the pace is an average
 */
public record Pace(int bytesPerSecond, Duration window) {

    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** Checks that both are positive. */
    public Pace {
        if (bytesPerSecond <= 0 || window.isZero() || window.isNegative()) {
            throw new IllegalArgumentException("a pace must be positive");
        }
    }

    /** Returns how many bytes must move in one window, at least one. */
    long bytesPerWindow() {
        return Math.max(1, Math.round((double) bytesPerSecond * window.toNanos() / NANOS_PER_SECOND));
    }

    String words() {
        return "less than " + bytesPerSecond + " bytes per second over " + Awaited.seconds(window);
    }
}
