package org.sksync.files.scan;

import java.util.Objects;
import org.sksync.files.path.RelativePath;

/**
 * A regular file in a listing.
 *
 * @param path its name below the synced directory
 * @param mtimeMillis its modification time in milliseconds since 1970-01-01 UTC; any value
 * @param size its length in bytes, or {@link #UNKNOWN_SIZE} in a peer's listing, which carries none
 */
public record FileEntry(RelativePath path, long mtimeMillis, long size) {
    /** The size of a file whose listing carries none. */
    public static final long UNKNOWN_SIZE = -1;

    private static final long FIRST_TELLABLE_MILLIS = -62_135_596_800_000L;
    private static final long LAST_TELLABLE_MILLIS = 253_402_300_799_999L;

    /**
     * Checks the size.
     *
     * @throws IllegalArgumentException if it is negative and not {@link #UNKNOWN_SIZE}
     */
    public FileEntry {
        Objects.requireNonNull(path, "path");
        if (size < UNKNOWN_SIZE) {
            throw new IllegalArgumentException("size: " + size + " (expected: >= 0, or -1 for unknown)");
        }
    }

    /**
     * Returns whether the wire carries a modification time, in milliseconds since 1970-01-01 UTC: whether it lies in the
     * years 1 to 9999 (protocol: limits).
     */
    public static boolean isTellable(long mtimeMillis) {
        return mtimeMillis >= FIRST_TELLABLE_MILLIS && mtimeMillis <= LAST_TELLABLE_MILLIS;
    }

    /** Returns the modification time in whole seconds, rounded down, as the wire carries it (protocol: session). */
    public long mtimeSeconds() {
        return Math.floorDiv(mtimeMillis, 1000L);
    }

    /** Returns the modification time in milliseconds, rounded down to whole seconds as far as a long can hold it. */
    public long wholeSecondMillis() {
        return Math.max(mtimeSeconds(), Long.MIN_VALUE / 1000) * 1000;
    }
}
