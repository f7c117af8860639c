package org.sksync.files.plan;

import java.time.Duration;
import java.util.Objects;

/**
 * What a sync does with two listings.
 *
 * @param direction whose files travel
 * @param times whether modification times decide
 * @param modifyWindow how much newer a copy must be to count as newer; whole seconds, at least one
 */
public record SyncPolicy(SyncDirection direction, TimeUse times, Duration modifyWindow) {
    /** The modify window where none is configured. */
    public static final Duration DEFAULT_MODIFY_WINDOW = Duration.ofSeconds(1);

    /**
     * Checks the modify window.
     *
     * @throws IllegalArgumentException if it is not a whole number of seconds, or less than one
     */
    public SyncPolicy {
        Objects.requireNonNull(direction, "direction");
        Objects.requireNonNull(times, "times");
        if (!modifyWindow.equals(Duration.ofSeconds(modifyWindow.toSeconds())) || modifyWindow.toSeconds() < 1) {
            throw new IllegalArgumentException(
                    "modifyWindow: " + modifyWindow + " (expected: whole seconds, at least PT1S)");
        }
    }

    /** Returns the policy with the {@link #DEFAULT_MODIFY_WINDOW}. */
    public static SyncPolicy of(SyncDirection direction, TimeUse times) {
        return new SyncPolicy(direction, times, DEFAULT_MODIFY_WINDOW);
    }
}
