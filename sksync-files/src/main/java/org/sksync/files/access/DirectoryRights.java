package org.sksync.files.access;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.sksync.files.scan.ScanDepth;

/**
 * What may be done where: directories with a right each, which holds for what lies beneath them too, unless a directory
 * nearer to it has one of its own.
 *
 * <p>Directories are compared by their real paths, never as text. Immutable; {@link #in} touches the disk.
 */
public final class DirectoryRights {
    private final Map<Path, AccessRight> entries;
    private final AccessRight elsewhere;

    private DirectoryRights(Map<Path, AccessRight> entries, AccessRight elsewhere) {
        this.entries = entries;
        this.elsewhere = elsewhere;
    }

    /**
     * Returns the rule for some directories.
     *
     * @param entries directories as the operator wrote them, and what may be done there; they need not exist
     * @param elsewhere what may be done outside them
     * @throws java.nio.file.InvalidPathException if one of them is no path on this platform
     */
    public static DirectoryRights of(Map<String, AccessRight> entries, AccessRight elsewhere) {
        return of(FileSystems.getDefault(), entries, elsewhere);
    }

    static DirectoryRights of(FileSystem fileSystem, Map<String, AccessRight> entries, AccessRight elsewhere) {
        Map<Path, AccessRight> paths = new LinkedHashMap<>();
        entries.forEach((directory, right) ->
                paths.put(fileSystem.getPath(directory).toAbsolutePath(), Objects.requireNonNull(right, "right")));
        return new DirectoryRights(paths, elsewhere);
    }

    /**
     * Returns what may be done in a directory. A sync of the whole tree below it may do no more than each part of the
     * tree allows, since one session has one right.
     *
     * @param realDirectory its real path
     * @param depth whether what lies beneath takes part
     */
    public AccessRight in(Path realDirectory, ScanDepth depth) {
        AccessRight right = elsewhere;
        AccessRight beneath = AccessRight.READ_WRITE;
        int nearest = -1;
        for (Map.Entry<Path, AccessRight> entry : entries.entrySet()) {
            Path listed = real(entry.getKey());
            int depthOfListed = depthIn(realDirectory, listed);
            if (depthOfListed >= 0) {
                if (depthOfListed > nearest) {
                    nearest = depthOfListed;
                    right = entry.getValue();
                } else if (depthOfListed == nearest) {
                    // Two ways of writing one directory.
                    right = right.and(entry.getValue());
                }
            } else if (depth == ScanDepth.TREE && depthIn(listed, realDirectory) >= 0) {
                beneath = beneath.and(entry.getValue());
            }
        }
        return right.and(beneath);
    }

    /** Returns the directories that do not exist, as their absolute paths; looks at the disk. */
    public List<Path> missing() {
        return entries.keySet().stream()
                .filter(directory -> !Files.isDirectory(directory))
                .toList();
    }

    /**
     * Returns how many parts of a path lead to a directory that it leads through, or to; -1 if it does not. The disk is
     * asked, since one that ignores the case of letters knows a directory by several names.
     */
    private static int depthIn(Path path, Path directory) {
        if (path.startsWith(directory)) {
            return directory.getNameCount();
        }
        for (Path each = path; each != null; each = each.getParent()) {
            if (isSame(each, directory)) {
                return each.getNameCount();
            }
        }
        return -1;
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }

    /** Follows links as far as the directory exists: one that is still to be made has a right already. */
    private static Path real(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            Path parent = directory.getParent();
            Path name = directory.getFileName();
            return parent == null || name == null
                    ? directory
                    : real(parent).resolve(name).normalize();
        }
    }
}
