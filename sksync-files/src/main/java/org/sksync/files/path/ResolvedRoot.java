package org.sksync.files.path;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

/**
 * A directory that may be synced.
 *
 * @param listed the real path of the listed directory that allows it: absolute, without symbolic links
 * @param directory its own real path: the listed one, or beneath that
 * @param replaced whether it stands in for the requested one under {@link OutsidePolicy#SILENT}
 */
public record ResolvedRoot(Path listed, Path directory, boolean replaced) {
    /**
     * Checks the paths.
     *
     * @throws IllegalArgumentException if the directory is not absolute, or does not lie in the listed one
     */
    public ResolvedRoot {
        Objects.requireNonNull(listed, "listed");
        if (!directory.isAbsolute()) {
            throw new IllegalArgumentException("directory: " + directory + " (expected: an absolute path)");
        }
        if (!directory.startsWith(listed)) {
            throw new IllegalArgumentException("directory: " + directory + " (expected: in " + listed + ")");
        }
    }

    /** Returns a directory that is listed itself, by its real path. */
    public static ResolvedRoot of(Path listed) {
        return new ResolvedRoot(listed, listed, false);
    }

    /**
     * Returns the parts that lead from the listed directory to this one; none if it is the listed one. Where others may
     * write to the listed directory, each is to be opened in the one above it: it can be a link by now.
     */
    public List<Path> below() {
        return directory.equals(listed)
                ? List.of()
                : StreamSupport.stream(listed.relativize(directory).spliterator(), false)
                        .toList();
    }
}
