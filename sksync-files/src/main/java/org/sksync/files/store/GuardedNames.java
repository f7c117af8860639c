package org.sksync.files.store;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sksync.files.path.NameFolding;
import org.sksync.files.scan.SkipReason;

/**
 * What {@link GuardedFiles} mean in one synced directory.
 *
 * <p>A file is known by its name, in any spelling that some disk takes for the same one, whether it is there or not: what
 * is not there yet must not come from a peer either. One that is there is known by what the disk says it is too, so that
 * a second name of it (a hard link) gives nothing away. Immutable; touches the disk when it is made, and never again.
 */
final class GuardedNames {
    /** Nothing is guarded. */
    static final GuardedNames NONE = new GuardedNames(List.of(), List.of(), Set.of(), "");

    private final List<String> names;
    private final List<String> beginnings;
    private final Set<Object> keys;
    private final String why;

    private GuardedNames(List<String> names, List<String> beginnings, Set<Object> keys, String why) {
        this.names = List.copyOf(names);
        this.beginnings = List.copyOf(beginnings);
        this.keys = Set.copyOf(keys);
        this.why = why;
    }

    /** Finds out what is guarded in and below a directory, by its real path; blocks. */
    static GuardedNames of(GuardedFiles guarded, Path root) {
        if (guarded.files().isEmpty() && guarded.beginnings().isEmpty()) {
            return NONE;
        }
        Search search = new Search(root);
        for (Path file : guarded.files()) {
            search.add(file);
        }
        List<String> beginnings = new ArrayList<>();
        for (Path beginning : guarded.beginnings()) {
            search.place(beginning).flatMap(search::below).ifPresent(beginnings::add);
        }
        return new GuardedNames(search.names, beginnings, search.keys, guarded.why());
    }

    /** Returns whether a name below the directory is that of a guarded file, or leads through one. */
    boolean cover(String text) {
        if (names.isEmpty() && beginnings.isEmpty()) {
            return false;
        }
        String folded = NameFolding.folded(text);
        for (String name : names) {
            if (folded.startsWith(name) && (folded.length() == name.length() || folded.charAt(name.length()) == '/')) {
                return true;
            }
        }
        for (String beginning : beginnings) {
            if (folded.startsWith(beginning)) {
                return true;
            }
        }
        return false;
    }

    /** Returns whether something that was found below the directory is a guarded file. */
    boolean cover(String text, BasicFileAttributes found) {
        return cover(text) || (!keys.isEmpty() && found.fileKey() != null && keys.contains(found.fileKey()));
    }

    /** Returns what they are and what to do, safe to log. */
    String why() {
        return why;
    }

    /** Refuses a name that is guarded. */
    void requireNone(String text) throws SkippedFileException {
        if (cover(text)) {
            throw new SkippedFileException(SkipReason.GUARDED, why);
        }
    }

    /**
     * Returns the way from a directory down to a path, with slashes; empty if the path does not lie in it. The disk is
     * asked: it may know a directory by several names.
     */
    static Optional<String> below(Disk disk, Path directory, Path path) {
        for (Path above = path.getParent(); above != null; above = above.getParent()) {
            if (disk.isSame(above, directory)) {
                StringBuilder text = new StringBuilder();
                for (Path part : above.relativize(path)) {
                    text.append(text.isEmpty() ? "" : "/").append(part);
                }
                return Optional.of(text.toString());
            }
        }
        return Optional.empty();
    }

    /** Looks for files below one directory; those that lie side by side cost one look at where they lie. */
    private static final class Search {
        private final List<String> names = new ArrayList<>();
        private final Set<Object> keys = new HashSet<>();
        private final Path root;
        private final Disk disk;
        private final Map<Path, Path> real = new HashMap<>();
        private final Map<Path, Optional<String>> ways = new HashMap<>();

        Search(Path root) {
            this.root = root;
            this.disk = Disk.of(root.getFileSystem());
        }

        /** Takes a file, and what it leads to where it is a link. */
        void add(Path file) {
            Optional<Path> place = place(file);
            if (place.isEmpty()) {
                return;
            }
            below(place.get()).ifPresent(names::add);
            Optional<BasicFileAttributes> found = look(place.get());
            if (found.filter(BasicFileAttributes::isSymbolicLink).isPresent()) {
                Path target = disk.realAsFarAsItExists(place.get());
                below(target).ifPresent(names::add);
                found = look(target);
            }
            found.filter(BasicFileAttributes::isRegularFile)
                    .map(BasicFileAttributes::fileKey)
                    .ifPresent(keys::add);
        }

        /** Returns where a path leads, its last part as it stands; empty if it is on another file system. */
        Optional<Path> place(Path path) {
            Path absolute = path.toAbsolutePath();
            Path parent = absolute.getParent();
            Path name = absolute.getFileName();
            if (!absolute.getFileSystem().equals(root.getFileSystem()) || parent == null || name == null) {
                return Optional.empty();
            }
            Path directory = real.get(parent);
            if (directory == null) {
                directory = disk.realAsFarAsItExists(parent);
                real.put(parent, directory);
            }
            return Optional.of(directory.resolve(name));
        }

        /** Returns the folded name of a place below the root; empty if it does not lie there. */
        Optional<String> below(Path place) {
            Path parent = place.getParent();
            Path name = place.getFileName();
            if (parent == null || name == null) {
                return Optional.empty();
            }
            Optional<String> way = ways.get(parent);
            if (way == null) {
                way = disk.isSame(parent, root)
                        ? Optional.of("")
                        : GuardedNames.below(disk, root, parent).map(text -> text + "/");
                ways.put(parent, way);
            }
            return way.map(text -> NameFolding.folded(text + name));
        }

        private Optional<BasicFileAttributes> look(Path place) {
            try {
                return disk.attributes(place);
            } catch (IOException e) {
                // What can't be looked at is known by its name all the same.
                return Optional.empty();
            }
        }
    }
}
