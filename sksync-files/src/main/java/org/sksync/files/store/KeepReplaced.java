package org.sksync.files.store;

import java.time.Duration;
import java.util.Objects;

/**
 * Whether files that are about to be replaced are kept in {@code .sksync/replaced}, and for how long.
 *
 * @param maxAge how long; zero keeps none
 * @param maxBytes how much all of them in one directory may take before the oldest go, in bytes
 */
public record KeepReplaced(Duration maxAge, long maxBytes) {
    /** None are kept. */
    public static final KeepReplaced OFF = new KeepReplaced(Duration.ZERO, Long.MAX_VALUE);

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if one is negative
     */
    public KeepReplaced {
        Objects.requireNonNull(maxAge, "maxAge");
        if (maxAge.isNegative()) {
            throw new IllegalArgumentException("maxAge: " + maxAge + " (expected: zero or more)");
        }
        if (maxBytes < 0) {
            throw new IllegalArgumentException("maxBytes: " + maxBytes + " (expected: zero or more)");
        }
    }

    /** Returns whether replaced files are kept. */
    public boolean isOn() {
        return !maxAge.isZero();
    }
}
