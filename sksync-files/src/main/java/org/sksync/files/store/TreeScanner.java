package org.sksync.files.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongPredicate;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.PlainText;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.FileListing;
import org.sksync.files.scan.ScanDepth;
import org.sksync.files.scan.ScanResult;
import org.sksync.files.scan.ScanTooLargeException;
import org.sksync.files.scan.SkipReason;
import org.sksync.files.scan.SkippedFile;

/** The listing of a tree: one walk over it. */
final class TreeScanner implements TreeWalk.Visitor {
    private final PlatformNames names;
    private final ScanDepth depth;
    private final ExcludeFilter filter;
    private final GuardedNames guarded;
    private final BooleanSupplier stopped;
    private final LongPredicate reserve;
    private final FileListing.Builder files = FileListing.builder();
    private final Deque<FilesOfDirectory> entered = new ArrayDeque<>();
    private final List<SkippedFile> skipped = new ArrayList<>();
    private long visited;

    TreeScanner(
            PlatformNames names,
            ScanDepth depth,
            ExcludeFilter filter,
            GuardedNames guarded,
            BooleanSupplier stopped,
            LongPredicate reserve) {
        this.names = names;
        this.depth = depth;
        this.filter = filter;
        this.guarded = guarded;
        this.stopped = stopped;
        this.reserve = reserve;
    }

    /** Lists a directory, which stays open, and what lies below it. */
    ScanResult scan(HeldDirectory root) throws IOException {
        new TreeWalk(this, stopped).walk(root);
        addAll(entered.pop().rest());
        return new ScanResult(files.build(), skipped);
    }

    /**
     * The files of a directory that is being walked over. They are put into the listing among its subdirectories, so
     * that it comes about in its order: small sorts, instead of one of all and a set of all names beside it.
     */
    private static final class FilesOfDirectory {
        private final List<FileEntry> files = new ArrayList<>();
        private boolean sorted;
        private int taken;

        void add(FileEntry file) {
            files.add(file);
        }

        /** Returns those that come before all that begins with the prefix, and were not returned yet. */
        List<FileEntry> before(String prefix) {
            sort();
            int end = taken;
            while (end < files.size() && files.get(end).path().text().compareTo(prefix) < 0) {
                end++;
            }
            return take(end);
        }

        List<FileEntry> rest() {
            sort();
            return take(files.size());
        }

        private void sort() {
            if (!sorted) {
                files.sort(Comparator.comparing(FileEntry::path));
                sorted = true;
            }
        }

        private List<FileEntry> take(int end) {
            List<FileEntry> next = files.subList(taken, end);
            taken = end;
            return next;
        }
    }

    @Override
    public void entered(TreeWalk.Level level) {
        FilesOfDirectory above = entered.peek();
        if (above != null) {
            addAll(above.before(level.prefix()));
        }
        entered.push(new FilesOfDirectory());
    }

    @Override
    public void left(TreeWalk.Level parent, Path name) {
        addAll(entered.pop().rest());
    }

    @Override
    public boolean visit(TreeWalk.Level level, Path entry) throws ClosedChannelException {
        String name = entry.toString();
        if (name.equalsIgnoreCase(RelativePath.STAGING_NAME) || filter.excludesName(name)) {
            return false;
        }
        String text = level.prefix() + name;
        reserve(text);
        Optional<BasicFileAttributes> found;
        try {
            found = level.directory().attributes(entry);
        } catch (ClosedChannelException e) {
            throw e;
        } catch (IOException e) {
            skip(text, DiskProblem.of(e), DiskProblem.describeWithAdvice(e));
            return false;
        }
        // A Windows junction is a directory and something other at once.
        if (found.isEmpty() || found.get().isSymbolicLink() || found.get().isOther()) {
            return false;
        }
        if (guarded.cover(text, found.get())) {
            skip(found.get().isDirectory() ? text + "/" : text, SkipReason.GUARDED, guarded.why());
            return false;
        }
        if (found.get().isDirectory()) {
            return isEntered(level, entry, name, text);
        }
        checkedName(entry, name, text).ifPresent(path -> addFile(path, found.get()));
        return false;
    }

    private void reserve(String text) {
        visited++;
        if (!reserve.test(FileListing.memoryBytes(text))) {
            // Unchecked, since trouble with one directory does not end a scan; TreeStore unwraps it.
            throw new UncheckedIOException(new ScanTooLargeException(visited));
        }
    }

    private boolean isEntered(TreeWalk.Level parent, Path entry, String name, String text) {
        if (depth == ScanDepth.TOP_LEVEL) {
            return false;
        }
        if (parent.depth() + 1 >= PlatformNames.MAX_DEPTH) {
            skip(
                    text + "/",
                    SkipReason.NAME,
                    "lies deeper than " + PlatformNames.MAX_DEPTH + " directories; move it up");
            return false;
        }
        return checkedName(entry, name, text).isPresent();
    }

    @Override
    public void unreadable(String prefix, IOException error) {
        skip(prefix, DiskProblem.of(error), DiskProblem.describeWithAdvice(error));
    }

    private void addFile(RelativePath path, BasicFileAttributes attributes) {
        FileEntry entry = new FileEntry(path, attributes.lastModifiedTime().toMillis(), attributes.size());
        if (!FileEntry.isTellable(entry.mtimeMillis())) {
            skip(path.text(), SkipReason.TIME, "its modification time is not in the years 1 to 9999; touch the file");
            return;
        }
        entered.element().add(entry);
    }

    private void addAll(List<FileEntry> sorted) {
        for (FileEntry entry : sorted) {
            if (!files.add(entry)) {
                skip(
                        entry.path().text(),
                        SkipReason.NAME,
                        "another file has the same name once both are text; rename it");
            }
        }
    }

    private Optional<RelativePath> checkedName(Path entry, String name, String text) {
        if (!isFaithful(entry, name)) {
            skip(text, SkipReason.NAME, "the name is no text in this system's encoding; rename it");
            return Optional.empty();
        }
        try {
            RelativePath path = RelativePath.of(text);
            Optional<String> why = names.whyNotStorable(path);
            if (why.isPresent()) {
                skip(text, SkipReason.NAME, "the name " + why.get() + "; rename it");
                return Optional.empty();
            }
            return Optional.of(path);
        } catch (PathRefusedException e) {
            skip(text, SkipReason.NAME, e.getMessage() + "; rename it");
            return Optional.empty();
        }
    }

    /** Returns whether the name leads back to the entry that it was taken from; bytes that are no text don't. */
    private static boolean isFaithful(Path entry, String name) {
        if (PlainText.is(name)) {
            return true;
        }
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
