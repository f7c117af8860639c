package org.sksync.cli.watch;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before what failed is tried again: one second, doubled with each failure in a row up to five
 * minutes, and of that a part between the half and the whole by chance, so that the clients of a server that was away do
 * not all come at once. Not thread-safe.
 */
final class Backoff {

    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private final RandomGenerator random;
    private Duration next = FIRST;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** Takes note of a failure and returns how long to wait now, in nanoseconds. */
    long failedNanos() {
        long whole = next.toNanos();
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
        return whole / 2 + (long) (random.nextDouble() * (whole - whole / 2));
    }

    /** Begins anew with the next failure. */
    void reset() {
        next = FIRST;
    }
}
