package org.sksync.files.store;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Files of this machine that no sync reads or replaces, wherever a synced directory may hold them.
 *
 * @param files the files, which need not exist; a relative path counts from the working directory
 * @param beginnings how the paths of more of them begin: a file is one of them where it lies in the same directory, and
 *     its name begins with the last part of such a path
 * @param why what they are and what to do about it, a sentence part that is safe to log
 */
public record GuardedFiles(List<Path> files, List<Path> beginnings, String why) {
    /** There are none. */
    public static final GuardedFiles NONE = new GuardedFiles(List.of(), List.of(), "");

    /** Copies the lists. */
    public GuardedFiles {
        files = List.copyOf(files);
        beginnings = List.copyOf(beginnings);
        Objects.requireNonNull(why, "why");
    }

    /**
     * Returns those of the {@link #files} that are there and lie in a directory, or below it; blocks.
     *
     * @param directory its real path
     */
    public List<Path> in(Path directory) {
        Disk disk = Disk.of(directory.getFileSystem());
        List<Path> found = new ArrayList<>();
        for (Path file : files) {
            Path real = disk.realAsFarAsItExists(file.toAbsolutePath());
            if (NewFiles.exists(real)
                    && GuardedNames.below(disk, directory, real).isPresent()) {
                found.add(file);
            }
        }
        return found;
    }
}
