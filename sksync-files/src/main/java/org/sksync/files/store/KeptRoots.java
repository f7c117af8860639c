package org.sksync.files.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.RelativePath;

/** Finds the synced directories that keep replaced files: each session keeps in the one that it was asked for. */
public final class KeptRoots {

    private KeptRoots() {}

    /**
     * Returns the directories that may keep something of a file, or of a directory and what lies beneath it: those at
     * and above it, the nearest first, then those beneath it. Blocks.
     *
     * @param path absolute; need not exist
     * @throws IOException if a directory can't be read
     */
    public static List<Path> around(Path path) throws IOException {
        List<Path> roots = new ArrayList<>();
        for (Path above = path; above != null; above = above.getParent()) {
            if (keeps(above)) {
                roots.add(above);
            }
        }
        if (isDirectory(path)) {
            try (HeldDirectory top = Disk.of(path.getFileSystem()).hold(path)) {
                new TreeWalk(new Beneath(path, roots), () -> false).walk(top);
            }
        }
        return roots;
    }

    /**
     * Returns a path without links, as far as it exists, and without {@code .} and {@code ..}.
     *
     * @param path absolute
     */
    public static Path real(Path path) {
        return Disk.of(path.getFileSystem()).realAsFarAsItExists(path);
    }

    /** Returns whether a path, as {@link #real} gives it, is one of a directory. */
    public static boolean isDirectory(Path path) {
        try (HeldDirectory held = Disk.of(path.getFileSystem()).hold(path.toAbsolutePath())) {
            return held.path().isAbsolute();
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns whether a path, as {@link #real} gives it, is one of anything at all, be it a link. */
    public static boolean isThere(Path path) {
        Path parent = path.getParent();
        if (parent == null) {
            return true;
        }
        try (HeldDirectory held = Disk.of(path.getFileSystem()).hold(parent)) {
            return held.attributes(held.name(path.getFileName().toString())).isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean keeps(Path directory) throws IOException {
        try (HeldDirectory held = Disk.of(directory.getFileSystem()).hold(directory)) {
            return keeps(held);
        } catch (NoSuchFileException | NotDirectoryException | AccessDeniedException e) {
            // What this user may not look into holds nothing that this user could bring back.
            return false;
        }
    }

    private static boolean keeps(HeldDirectory directory) throws IOException {
        Path staging = directory.name(RelativePath.STAGING_NAME);
        if (directory.attributes(staging).filter(HeldDirectory::isDirectory).isEmpty()) {
            return false;
        }
        try (HeldDirectory held = directory.open(staging)) {
            return held.attributes(held.name(KeptFiles.NAME))
                    .filter(HeldDirectory::isDirectory)
                    .isPresent();
        }
    }

    private record Beneath(Path top, List<Path> roots) implements TreeWalk.Visitor {
        @Override
        public boolean visit(TreeWalk.Level level, Path name) throws IOException {
            boolean directory = level.directory()
                    .attributes(name)
                    .filter(BasicFileAttributes::isDirectory)
                    .isPresent();
            if (!directory || !name.toString().equalsIgnoreCase(RelativePath.STAGING_NAME)) {
                return directory && level.depth() < PlatformNames.MAX_DEPTH;
            }
            if (!level.prefix().isEmpty() && keeps(level.directory())) {
                roots.add(top.resolve(level.prefix()));
            }
            return false;
        }

        @Override
        public void unreadable(String prefix, IOException error) {
            // What this user may not read, this user can't restore.
        }
    }
}
