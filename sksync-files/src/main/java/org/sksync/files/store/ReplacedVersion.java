package org.sksync.files.store;

import java.time.Instant;
import java.util.Objects;
import org.sksync.files.path.RelativePath;

/**
 * A file that was kept when another one replaced it.
 *
 * @param path the name that it had below the synced directory
 * @param when when the session began that replaced it
 * @param size its length in bytes
 * @param mtimeMillis its modification time in milliseconds since 1970-01-01 UTC
 * @param id tells the versions of one path apart: the date and time of {@code when}, in UTC
 */
public record ReplacedVersion(RelativePath path, Instant when, long size, long mtimeMillis, String id) {
    /**
     * Checks the id.
     *
     * @throws IllegalArgumentException if it is none
     */
    public ReplacedVersion {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(when, "when");
        if (!isId(id)) {
            throw new IllegalArgumentException("id: \"" + id + "\" (expected: as 2026-11-20T15-30-00Z)");
        }
    }

    /**
     * Returns whether a text could be the id of a version: a date and time in UTC as {@code 2026-11-20T15-30-00Z}, and
     * {@code -2} or a higher number behind it where more than one session began in that second.
     */
    public static boolean isId(String text) {
        return Stamp.parse(text).isPresent();
    }
}
