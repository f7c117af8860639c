package org.sksync.files.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sksync.files.path.EscapedText;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.SkipReason;

/**
 * The way from a checked name to a file: from the held root down, each directory opened in the one above it, so that no
 * link on the way is followed, whoever puts one there.
 *
 * <p>Consecutive files mostly lie side by side. The first few directories of the last way stay open, and each is used
 * again after a look that the one above still has it under its name: so a directory that was moved away or swapped is
 * left behind with the next file. One that is moved within the moment after the look takes what is just put into it
 * along, as it takes all that is in it already.
 */
final class TreePaths implements Closeable {
    /**
     * Where a file is or would be. The directory belongs to the walker and stays open until the next walk.
     */
    record Place(HeldDirectory directory, Path name) {}

    private record Level(String name, HeldDirectory directory) {}

    /** Each costs a session two handles of the process, and deeper directories are rare. */
    private static final int KEPT_LEVELS = 3;

    private final HeldDirectory root;
    private final PlatformNames names;
    private final GuardedNames guarded;
    private final List<Level> kept = new ArrayList<>();
    private final Set<String> exactDirectories = new HashSet<>();
    private @Nullable HeldDirectory deepest;

    TreePaths(HeldDirectory root, PlatformNames names, GuardedNames guarded) {
        this.root = root;
        this.names = names;
        this.guarded = guarded;
    }

    /**
     * Returns where a file is.
     *
     * @throws SkippedFileException if the name is guarded, the platform has no such names, or something other than a directory is on the way
     * @throws NoSuchFileException if a directory on the way is missing
     */
    Place existing(RelativePath path) throws IOException {
        return forStoring(path, false).orElseThrow(() -> new NoSuchFileException(path.toString()));
    }

    /**
     * Returns where a file would be; empty if a directory on the way is missing.
     *
     * @param exactCase whether the directories on the way must have exactly the names that the path gives them
     * @throws SkippedFileException if the name is guarded, the platform has no such names, or something other than a directory is on the way
     */
    Optional<Place> forStoring(RelativePath path, boolean exactCase) throws IOException {
        requireStorable(path);
        release();
        List<String> parts = path.parts();
        HeldDirectory directory = root;
        for (int depth = 0; depth < parts.size() - 1; depth++) {
            Optional<HeldDirectory> next = enter(directory, depth, parts.get(depth), path.text());
            if (next.isEmpty()) {
                return Optional.empty();
            }
            if (exactCase) {
                requireExact(directory, parts.subList(0, depth + 1), path);
            }
            directory = next.get();
        }
        return Optional.of(new Place(directory, directory.name(path.name())));
    }

    /**
     * Returns where a file is to be, after making the directories that are missing.
     *
     * @param changed told the text of each directory that got an entry; empty for the root
     */
    Place create(RelativePath path, Staging staging, Consumer<String> changed) throws IOException {
        List<String> parts = path.parts();
        HeldDirectory directory = create(parts.subList(0, parts.size() - 1), path.text(), staging, changed);
        return new Place(directory, directory.name(path.name()));
    }

    /** Returns a directory by its parts, after making those that are missing. */
    HeldDirectory create(List<String> parts, String onTheWayTo, Staging staging, Consumer<String> changed)
            throws IOException {
        release();
        HeldDirectory directory = root;
        for (int depth = 0; depth < parts.size(); depth++) {
            String part = parts.get(depth);
            Optional<HeldDirectory> next = enter(directory, depth, part, onTheWayTo);
            if (next.isEmpty()) {
                staging.createDirectory(directory, directory.name(part));
                changed.accept(String.join("/", parts.subList(0, depth)));
                next = enter(directory, depth, part, onTheWayTo);
            }
            directory = next.orElseThrow(() -> new NoSuchFileException(onTheWayTo));
        }
        return directory;
    }

    /**
     * Returns a directory by its text, the empty one for the root.
     *
     * @throws NoSuchFileException if it is gone
     */
    HeldDirectory directory(String text) throws IOException {
        release();
        HeldDirectory directory = root;
        int depth = 0;
        for (String part : text.isEmpty() ? List.<String>of() : List.of(text.split("/", -1))) {
            directory = enter(directory, depth++, part, text).orElseThrow(() -> new NoSuchFileException(text));
        }
        return directory;
    }

    /** Opens the next directory of a walk, or takes the one that is open from the walk before. */
    private Optional<HeldDirectory> enter(HeldDirectory from, int depth, String part, String onTheWayTo)
            throws IOException {
        Path name = from.name(part);
        if (depth < kept.size()) {
            Level level = kept.get(depth);
            if (level.name().equals(part) && from.holds(name, level.directory())) {
                return Optional.of(level.directory());
            }
            leave(depth);
        }
        if (!isDirectory(from, name, onTheWayTo)) {
            return Optional.empty();
        }
        HeldDirectory next;
        try {
            next = from.open(name);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        if (depth < KEPT_LEVELS) {
            kept.add(new Level(part, next));
        } else {
            HeldDirectory above = deepest;
            deepest = next;
            if (above != null) {
                above.close();
            }
        }
        return Optional.of(next);
    }

    /** Closes what an open way has from a depth on. */
    private void leave(int depth) {
        while (kept.size() > depth) {
            kept.remove(kept.size() - 1).directory().close();
        }
    }

    private void release() {
        HeldDirectory last = deepest;
        deepest = null;
        if (last != null) {
            last.close();
        }
    }

    /** Refuses a name that is guarded, or that this platform does not have. */
    void requireStorable(RelativePath path) throws SkippedFileException {
        guarded.requireNone(path.text());
        Optional<String> why = names.whyNotStorable(path);
        if (why.isPresent()) {
            throw new SkippedFileException(SkipReason.NAME, "the name " + why.get() + "; rename it");
        }
    }

    private static boolean isDirectory(HeldDirectory parent, Path name, String onTheWayTo) throws IOException {
        Optional<BasicFileAttributes> found = parent.attributes(name);
        if (found.isEmpty()) {
            return false;
        }
        String shown = "\"" + EscapedText.of(name.toString()) + "\"";
        if (found.get().isSymbolicLink()) {
            throw new SkippedFileException(
                    SkipReason.LINK, shown + " is a link, which is not followed; put a directory in its place");
        }
        if (!HeldDirectory.isDirectory(found.get())) {
            throw new SkippedFileException(
                    SkipReason.NOT_A_FILE,
                    shown + " is in the way of \"" + EscapedText.of(onTheWayTo)
                            + "\": it is no directory; rename one of the two");
        }
        return true;
    }

    private void requireExact(HeldDirectory parent, List<String> parts, RelativePath path) throws IOException {
        String directory = String.join("/", parts);
        if (exactDirectories.contains(directory)) {
            return;
        }
        if (!parent.holdsExactly(parts.get(parts.size() - 1))) {
            throw new SkippedFileException(
                    SkipReason.NAME,
                    "a directory of \"" + path + "\" differs from one on the disk only in how it is spelled; rename one"
                            + " of the two");
        }
        exactDirectories.add(directory);
    }

    /** Closes what is open of the last way; the root is its owner's to close. */
    @Override
    public void close() {
        release();
        leave(0);
    }
}
