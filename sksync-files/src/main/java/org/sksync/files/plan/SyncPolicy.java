package org.sksync.files.plan;

import java.time.Duration;
import java.util.Objects;
import org.sksync.files.scan.FileEntry;

/**
 * What a sync does with two listings.
 *
 * @param direction whose files travel
 * @param times whether modification times decide
 * @param modifyWindow how much newer a copy must be to count as newer; whole seconds, at least one
 */
public record SyncPolicy(SyncDirection direction, TimeUse times, Duration modifyWindow) {
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

    /**
     * Returns whether one side's copy of a file replaces the other side's: whether times decide and it is newer by the
     * modify window, in whole seconds. Its direction is not asked.
     */
    public boolean replaces(FileEntry candidate, FileEntry present) {
        // Whole seconds of any two longs in milliseconds lie so close to zero that their difference can't overflow.
        return times == TimeUse.USED && candidate.mtimeSeconds() - present.mtimeSeconds() >= modifyWindow.toSeconds();
    }
}
