package org.sksync.files.path;

import java.nio.file.Path;
import java.util.Objects;

/**
 * A directory that may be synced.
 *
 * @param directory its real path: absolute, without symbolic links
 * @param replaced whether it stands in for the requested one under {@link OutsidePolicy#SILENT}
 */
public record ResolvedRoot(Path directory, boolean replaced) {
    /**
     * Checks the path.
     *
     * @throws IllegalArgumentException if the directory is not absolute
     */
    public ResolvedRoot {
        Objects.requireNonNull(directory, "directory");
        if (!directory.isAbsolute()) {
            throw new IllegalArgumentException("directory: " + directory + " (expected: an absolute path)");
        }
    }
}
