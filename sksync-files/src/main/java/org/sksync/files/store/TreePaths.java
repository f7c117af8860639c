package org.sksync.files.store;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.sksync.files.path.EscapedText;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.SkipReason;

/**
 * The way from a checked name to a path on disk: one part after the other, so that no link on the way is followed.
 *
 * <p>A local user who swaps a directory for a link between the look and the use is not kept out yet.
 */
final class TreePaths {
    private final Disk disk;
    private final Path root;
    private final PlatformNames names;
    private final Set<String> exactDirectories = new HashSet<>();

    TreePaths(Disk disk, Path root, PlatformNames names) {
        this.disk = disk;
        this.root = root;
        this.names = names;
    }

    /**
     * Returns where a file is.
     *
     * @throws SkippedFileException if the platform has no such names, or something other than a directory is on the way
     * @throws NoSuchFileException if a directory on the way is missing
     */
    Path existing(RelativePath path) throws IOException {
        requireStorable(path);
        List<String> parts = path.parts();
        Path directory = root;
        for (String part : parts.subList(0, parts.size() - 1)) {
            directory = disk.child(directory, part);
            if (!isDirectory(directory, path)) {
                throw new NoSuchFileException(path.toString());
            }
        }
        return disk.child(directory, path.name());
    }

    /**
     * Returns where a file would be, without creating its directories.
     *
     * @param exactCase whether the directories on the way must have exactly the names that the path gives them
     * @throws SkippedFileException if the platform has no such names, or something other than a directory is on the way
     */
    Path forStoring(RelativePath path, boolean exactCase) throws IOException {
        requireStorable(path);
        List<String> parts = path.parts();
        Path directory = root;
        boolean exists = true;
        for (int i = 0; i < parts.size() - 1; i++) {
            Path parent = directory;
            directory = disk.child(parent, parts.get(i));
            exists = exists && isDirectory(directory, path);
            if (exists && exactCase) {
                requireExact(parent, parts.subList(0, i + 1), path);
            }
        }
        return disk.child(directory, path.name());
    }

    /** Creates the missing directories on the way to a file and reports each directory that was added to. */
    void createDirectories(RelativePath path, Consumer<Path> changed) throws IOException {
        List<String> parts = path.parts();
        Path directory = root;
        for (String part : parts.subList(0, parts.size() - 1)) {
            Path parent = directory;
            directory = disk.child(parent, part);
            if (isDirectory(directory, path)) {
                continue;
            }
            try {
                disk.createDirectory(directory);
                changed.accept(parent);
            } catch (FileAlreadyExistsException e) {
                if (!isDirectory(directory, path)) {
                    throw e;
                }
            }
        }
    }

    private void requireStorable(RelativePath path) throws SkippedFileException {
        Optional<String> why = names.whyNotStorable(path);
        if (why.isPresent()) {
            throw new SkippedFileException(SkipReason.NAME, "the name " + why.get());
        }
    }

    private boolean isDirectory(Path directory, RelativePath onTheWayTo) throws IOException {
        Optional<BasicFileAttributes> found = disk.attributes(directory);
        if (found.isEmpty()) {
            return false;
        }
        if (found.get().isSymbolicLink()) {
            throw new SkippedFileException(
                    SkipReason.LINK, "\"" + nameOf(directory) + "\" is a link, which is not followed");
        }
        // A Windows junction is a directory and something other at once.
        if (!found.get().isDirectory() || found.get().isOther()) {
            throw new SkippedFileException(
                    SkipReason.NOT_A_FILE,
                    "\"" + nameOf(directory) + "\" is in the way of \"" + onTheWayTo + "\": it is no directory");
        }
        return true;
    }

    private void requireExact(Path parent, List<String> parts, RelativePath path) throws IOException {
        String directory = String.join("/", parts);
        if (exactDirectories.contains(directory)) {
            return;
        }
        if (!disk.holdsExactly(parent, parts.get(parts.size() - 1))) {
            throw new SkippedFileException(
                    SkipReason.NAME,
                    "a directory of \"" + path + "\" differs from one on the disk only in how it is spelled");
        }
        exactDirectories.add(directory);
    }

    private static String nameOf(Path path) {
        return EscapedText.of(Disk.nameOf(path));
    }
}
