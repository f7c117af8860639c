package org.sksync.files.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.FileListing;
import org.sksync.files.scan.ScanDepth;
import org.sksync.files.scan.ScanResult;
import org.sksync.files.scan.ScanTooLargeException;
import org.sksync.files.scan.SkipReason;
import org.sksync.files.scan.SkippedFile;

/**
 * One walk over a tree, depth first and each directory opened in the one above it, so that no link is followed. A
 * directory stays open while one of those in it is still to be listed: at most {@link PlatformNames#MAX_DEPTH} at a
 * time. Those that wait are a list of names, so depth costs no stack.
 */
final class TreeScanner {
    /** An open directory, those in it that are still to be listed, and its name and a slash, or empty for the root. */
    private record Level(HeldDirectory directory, String prefix, int depth, Deque<Path> pending) {}

    private final PlatformNames names;
    private final ScanDepth depth;
    private final ExcludeFilter filter;
    private final BooleanSupplier stopped;
    private final LongPredicate reserve;
    private final Deque<Level> open = new ArrayDeque<>();
    private final FileListing.Builder files = FileListing.builder();
    private final List<SkippedFile> skipped = new ArrayList<>();
    private long visited;

    TreeScanner(
            PlatformNames names,
            ScanDepth depth,
            ExcludeFilter filter,
            BooleanSupplier stopped,
            LongPredicate reserve) {
        this.names = names;
        this.depth = depth;
        this.filter = filter;
        this.stopped = stopped;
        this.reserve = reserve;
    }

    /** Lists a directory and what lies below it; the caller's to close. */
    ScanResult scan(HeldDirectory root) throws IOException {
        try {
            list(new Level(root, "", 0, new ArrayDeque<>()));
            while (!open.isEmpty()) {
                Level level = open.element();
                Path next = level.pending().pollFirst();
                if (next == null) {
                    leave(root);
                } else {
                    enter(level, next);
                }
            }
            return new ScanResult(files.build(), skipped);
        } finally {
            while (!open.isEmpty()) {
                leave(root);
            }
        }
    }

    private void leave(HeldDirectory root) throws IOException {
        HeldDirectory last = open.pop().directory();
        if (last != root) {
            last.close();
        }
    }

    private void enter(Level parent, Path name) throws IOException {
        String prefix = parent.prefix() + name + "/";
        try {
            // Seen a while ago: what is opened must not be a pipe by now.
            if (parent.directory()
                    .attributes(name)
                    .filter(HeldDirectory::isDirectory)
                    .isPresent()) {
                HeldDirectory directory = parent.directory().open(name);
                list(new Level(directory, prefix, parent.depth() + 1, new ArrayDeque<>()));
            }
        } catch (ClosedChannelException e) {
            throw e;
        } catch (NoSuchFileException | NotDirectoryException e) {
            // Vanished, or replaced by something else: no part of the tree now.
        } catch (IOException e) {
            if (DiskProblem.of(e) != SkipReason.LINK) {
                skip(prefix, DiskProblem.of(e), DiskProblem.describe(e));
            }
        }
    }

    private void list(Level level) throws IOException {
        open.push(level);
        requireNotStopped();
        level.directory().list(name -> {
            requireNotStopped();
            visit(level, name);
        });
    }

    private void requireNotStopped() throws AsynchronousCloseException {
        if (stopped.getAsBoolean()) {
            throw new AsynchronousCloseException();
        }
    }

    private void visit(Level level, Path entry) throws ClosedChannelException {
        String name = entry.toString();
        if (name.equalsIgnoreCase(RelativePath.STAGING_NAME) || filter.excludesName(name)) {
            return;
        }
        String text = level.prefix() + name;
        reserve(text);
        Optional<BasicFileAttributes> found;
        try {
            found = level.directory().attributes(entry);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            skip(text, DiskProblem.of(e), DiskProblem.describe(e));
            return;
        }
        // A Windows junction is a directory and something other at once.
        if (found.isEmpty() || found.get().isSymbolicLink() || found.get().isOther()) {
            return;
        }
        if (found.get().isDirectory()) {
            visitDirectory(level, entry, name, text);
        } else {
            checkedName(entry, name, text).ifPresent(path -> addFile(path, found.get()));
        }
    }

    private void reserve(String text) {
        visited++;
        if (!reserve.test(FileListing.memoryBytes(text))) {
            // Unchecked, since trouble with one directory does not end a scan; TreeStore unwraps it.
            throw new UncheckedIOException(new ScanTooLargeException(visited));
        }
    }

    private void visitDirectory(Level parent, Path entry, String name, String text) {
        if (depth == ScanDepth.TOP_LEVEL) {
            return;
        }
        if (parent.depth() + 1 >= PlatformNames.MAX_DEPTH) {
            skip(text + "/", SkipReason.NAME, "lies deeper than " + PlatformNames.MAX_DEPTH + " directories");
        } else if (checkedName(entry, name, text).isPresent()) {
            parent.pending().push(entry);
        }
    }

    private void addFile(RelativePath path, BasicFileAttributes attributes) {
        FileEntry entry = new FileEntry(path, attributes.lastModifiedTime().toMillis(), attributes.size());
        if (!FileEntry.isTellable(entry.mtimeMillis())) {
            skip(path.text(), SkipReason.TIME, "its modification time is not in the years 1 to 9999; touch the file");
            return;
        }
        if (!files.add(entry)) {
            skip(path.text(), SkipReason.NAME, "another file has the same name once both are text");
        }
    }

    private Optional<RelativePath> checkedName(Path entry, String name, String text) {
        if (!isFaithful(entry, name)) {
            skip(text, SkipReason.NAME, "the name is no text in this system's encoding");
            return Optional.empty();
        }
        try {
            RelativePath path = RelativePath.of(text);
            Optional<String> why = names.whyNotStorable(path);
            if (why.isPresent()) {
                skip(text, SkipReason.NAME, "the name " + why.get());
                return Optional.empty();
            }
            return Optional.of(path);
        } catch (PathRefusedException e) {
            skip(text, SkipReason.NAME, e.getMessage());
            return Optional.empty();
        }
    }

    /** Returns whether the name leads back to the entry that it was taken from; bytes that are no text don't. */
    private static boolean isFaithful(Path entry, String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= 0x80) {
                try {
                    return entry.getFileSystem().getPath(name).equals(entry);
                } catch (InvalidPathException e) {
                    return false;
                }
            }
        }
        return true;
    }

    private void skip(String name, SkipReason reason, String detail) {
        skipped.add(new SkippedFile(name, reason, detail));
    }
}
