package org.sksync.files.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.AsynchronousCloseException;
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
 * One walk over a tree. Directories wait in a queue of their own, so depth costs no stack and one directory is open at
 * a time.
 */
final class TreeScanner {
    /** A directory still to be listed; the prefix is its name and a slash, or empty for the root. */
    private record Directory(Path path, String prefix, int depth) {}

    private final Disk disk;
    private final PlatformNames names;
    private final ScanDepth depth;
    private final ExcludeFilter filter;
    private final BooleanSupplier stopped;
    private final LongPredicate reserve;
    private final Deque<Directory> pending = new ArrayDeque<>();
    private final FileListing.Builder files = FileListing.builder();
    private final List<SkippedFile> skipped = new ArrayList<>();
    private long visited;

    TreeScanner(
            Disk disk,
            PlatformNames names,
            ScanDepth depth,
            ExcludeFilter filter,
            BooleanSupplier stopped,
            LongPredicate reserve) {
        this.disk = disk;
        this.names = names;
        this.depth = depth;
        this.filter = filter;
        this.stopped = stopped;
        this.reserve = reserve;
    }

    ScanResult scan(Path root) throws IOException {
        list(new Directory(root, "", 0));
        while (!pending.isEmpty()) {
            Directory directory = pending.pop();
            try {
                list(directory);
            } catch (AsynchronousCloseException e) {
                throw e;
            } catch (NoSuchFileException | NotDirectoryException e) {
                // Vanished, or replaced by something else: no part of the tree now.
            } catch (IOException e) {
                skip(directory.prefix(), DiskProblem.of(e), DiskProblem.describe(e));
            }
        }
        return new ScanResult(files.build(), skipped);
    }

    private void list(Directory directory) throws IOException {
        requireNotStopped();
        disk.list(directory.path(), entry -> {
            requireNotStopped();
            visit(directory, entry);
        });
    }

    private void requireNotStopped() throws AsynchronousCloseException {
        if (stopped.getAsBoolean()) {
            throw new AsynchronousCloseException();
        }
    }

    private void visit(Directory directory, Path entry) {
        String name = Disk.nameOf(entry);
        if (name.equalsIgnoreCase(RelativePath.STAGING_NAME) || filter.excludesName(name)) {
            return;
        }
        String text = directory.prefix() + name;
        reserve(text);
        Optional<BasicFileAttributes> found;
        try {
            found = disk.attributes(entry);
        } catch (IOException e) {
            skip(text, DiskProblem.of(e), DiskProblem.describe(e));
            return;
        }
        // A Windows junction is a directory and something other at once.
        if (found.isEmpty() || found.get().isSymbolicLink() || found.get().isOther()) {
            return;
        }
        if (found.get().isDirectory()) {
            visitDirectory(directory, entry, name, text);
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

    private void visitDirectory(Directory parent, Path entry, String name, String text) {
        if (depth == ScanDepth.TOP_LEVEL) {
            return;
        }
        if (parent.depth() + 1 >= PlatformNames.MAX_DEPTH) {
            skip(text + "/", SkipReason.NAME, "lies deeper than " + PlatformNames.MAX_DEPTH + " directories");
        } else if (checkedName(entry, name, text).isPresent()) {
            pending.push(new Directory(entry, text + "/", parent.depth() + 1));
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
        if (!disk.isFaithful(entry, name)) {
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

    private void skip(String name, SkipReason reason, String detail) {
        skipped.add(new SkippedFile(name, reason, detail));
    }
}
