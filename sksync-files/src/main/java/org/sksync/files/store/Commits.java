package org.sksync.files.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.FileEntry;

/**
 * The second half of a file's way into the tree: it is sealed (time, permissions, forcing) and put in its place (the last
 * look at the target and the rename). Each has open directories of its own, so that both can run on threads of their own
 * while another one receives.
 */
final class Commits implements Closeable {
    /** Whether the store may still be used. */
    @FunctionalInterface
    interface Open {
        void require() throws ClosedChannelException;
    }

    private static final int MAX_UNFORCED_DIRECTORIES = 1000;
    private static final int ATTEMPTS = 100;
    private static final int MAX_TOGETHER = 64;
    /** Where they need not be open. More at a time would make a slow disk look like a dead one. */
    private static final int MAX_CLOSED_TOGETHER = 500;
    /** Fewer are forced faster without what other programs have written meanwhile. */
    private static final int MIN_FOR_WHOLE_DISK = 32;

    private final HeldDirectory top;
    private final PathLocks locks;
    private final TreePaths sealing;
    private final TreePaths placing;
    private final Staging staging;
    private final TimeErrors timeErrors;
    private final Durability durability;
    private final Forcing forcing;
    private final KeepReplaced keepReplaced;
    private final KeptFiles keptFiles;
    private final Open open;
    private final Set<String> unforced = new LinkedHashSet<>();
    private final List<FileSystemException> notDurable = new ArrayList<>();

    Commits(
            HeldDirectory top,
            PlatformNames names,
            GuardedNames guarded,
            PathLocks locks,
            Staging staging,
            TimeErrors timeErrors,
            Durability durability,
            Forcing forcing,
            KeepReplaced keepReplaced,
            KeptFiles keptFiles,
            Open open) {
        this.top = top;
        this.locks = Objects.requireNonNull(locks, "locks");
        this.sealing = new TreePaths(top, names, guarded);
        this.placing = new TreePaths(top, names, guarded);
        this.staging = staging;
        this.timeErrors = Objects.requireNonNull(timeErrors, "timeErrors");
        this.durability = Objects.requireNonNull(durability, "durability");
        this.forcing = Objects.requireNonNull(forcing, "forcing");
        this.keepReplaced = Objects.requireNonNull(keepReplaced, "keepReplaced");
        this.keptFiles = keptFiles;
        this.open = open;
    }

    /** Returns how many files are worth committing at a time, at least 1. */
    int maxTogether() {
        if (durability == Durability.EACH) {
            return 1;
        }
        return needsOpenFiles() ? MAX_TOGETHER : MAX_CLOSED_TOGETHER;
    }

    /** Returns whether files stay open until they are committed: groups are small then, and each file is forced. */
    boolean needsOpenFiles() {
        return durability.forcesFiles() && !writesOutWholeDisk();
    }

    private boolean writesOutWholeDisk() {
        return durability == Durability.BATCH && forcing.wholeDisk().isPresent();
    }

    /** What {@link TreeStore#seal} does. */
    void seal(List<ArrivedFile> files) {
        files.forEach(file -> attempt(file, this::seal));
        if (durability.forcesFiles()) {
            force(files.stream().filter(file -> !file.hasFailed()).toList());
        }
        files.forEach(ArrivedFile::sealed);
    }

    /** What {@link TreeStore#commit} does. */
    void commit(List<ArrivedFile> files) {
        if (durability == Durability.EACH) {
            files.forEach(file -> commitTogether(List.of(file)));
        } else {
            commitTogether(files);
        }
    }

    private void commitTogether(List<ArrivedFile> files) {
        if (unforced.size() > MAX_UNFORCED_DIRECTORIES) {
            // What fails here is not these files' fault: the end of the session tells it.
            forceDirectories();
        }
        List<ArrivedFile> unsealed =
                files.stream().filter(file -> !file.isSealed()).toList();
        if (!unsealed.isEmpty()) {
            seal(unsealed);
        }
        files.forEach(file -> attempt(file, this::place));
        if (durability == Durability.EACH) {
            forceDirectories();
        }
        for (ArrivedFile file : files) {
            if (file.hasFailed()) {
                discard(file);
            } else {
                staging.release(file.temp());
                file.succeed();
            }
        }
    }

    private void force(List<ArrivedFile> files) {
        if (writesOutWholeDisk() && files.size() >= MIN_FOR_WHOLE_DISK) {
            forcing.wholeDisk().orElseThrow().writeOut(top.path());
        }
        for (int from = 0; from < files.size(); from += MAX_TOGETHER) {
            forceEach(files.subList(from, Math.min(from + MAX_TOGETHER, files.size())));
        }
    }

    private void forceEach(List<ArrivedFile> files) {
        files.forEach(file -> attempt(file, ArrivedFile::open));
        List<ArrivedFile> opened =
                files.stream().filter(file -> !file.hasFailed()).toList();
        List<Optional<IOException>> failures =
                forcing.force(opened.stream().map(ArrivedFile::channel).toList());
        for (int i = 0; i < opened.size(); i++) {
            failures.get(i).ifPresent(opened.get(i)::fail);
        }
        opened.forEach(Commits::close);
    }

    private static void close(ArrivedFile file) {
        try {
            file.close();
        } catch (IOException e) {
            file.fail(e);
        }
    }

    /** A step of the commit of one file. */
    private interface CommitStep {
        void run(ArrivedFile file) throws IOException;
    }

    private static void attempt(ArrivedFile file, CommitStep step) {
        if (!file.hasFailed()) {
            try {
                step.run(file);
            } catch (IOException e) {
                file.fail(e);
            }
        }
    }

    /** Gives a file its time, and what the one that it replaces has beside content and time. */
    private void seal(ArrivedFile file) throws IOException {
        open.require();
        setTime(file.temp(), file.mtimeMillis());
        file.timed(timeErrors.judge(file.mtimeMillis(), keptTime(file.temp())));
        boolean folds = staging.foldsCase();
        if (folds || file.expected().isPresent()) {
            Optional<TreePaths.Place> before = sealing.forStoring(file.path(), folds);
            if (Expectation.require(before, file.expected()).isPresent()) {
                TreePaths.Place old = before.orElseThrow();
                old.directory()
                        .copyPermissions(
                                old.name(), file.temp().directory(), file.temp().name());
            }
        }
    }

    private void setTime(Staging.Temp temp, long mtimeMillis) throws IOException {
        try {
            temp.directory().setModificationTime(temp.name(), mtimeMillis);
        } catch (IOException e) {
            if (timeErrors == TimeErrors.FAIL) {
                throw e;
            }
        }
    }

    private long keptTime(Staging.Temp temp) throws IOException {
        return temp.directory()
                .attributes(temp.name())
                .orElseThrow(() -> new NoSuchFileException(temp.name().toString()))
                .lastModifiedTime()
                .toMillis();
    }

    private void discard(ArrivedFile file) {
        try {
            staging.discard(file.temp());
        } catch (IOException e) {
            file.fail(e);
        }
    }

    private void place(ArrivedFile file) throws IOException {
        file.close();
        for (int attempt = 1; ; attempt++) {
            try {
                TreePaths.Place target = placing.create(file.path(), staging, unforced::add);
                if (staging.foldsCase()) {
                    // One that was committed with this one may have made the directory in another case.
                    target = placing.forStoring(file.path(), true)
                            .orElseThrow(
                                    () -> new NoSuchFileException(file.path().toString()));
                }
                replace(target, file.path(), file.expected(), file.temp());
                unforced.add(file.path().parent());
                return;
            } catch (NoSuchFileException e) {
                // A directory on the way was removed while it was empty, or another session's was renamed over it.
                if (attempt == ATTEMPTS
                        || file.temp()
                                .directory()
                                .attributes(file.temp().name())
                                .isEmpty()) {
                    throw e;
                }
            }
        }
    }

    private void replace(TreePaths.Place target, RelativePath path, Optional<FileEntry> expected, Staging.Temp temp)
            throws IOException {
        Lock lock = locks.lockFor(top.path().resolve(path.text()));
        lock.lock();
        try {
            Optional<BasicFileAttributes> old = Expectation.require(Optional.of(target), expected);
            if (old.isPresent() && keepReplaced.isOn()) {
                keptFiles.keep(target, old.get(), path, unforced::add);
                Expectation.require(Optional.of(target), expected);
            }
            temp.directory().move(temp.name(), target.directory(), target.name());
        } finally {
            lock.unlock();
        }
    }

    /** What {@link TreeStore#makeDurable} does. */
    void makeDurable() throws IOException {
        forceDirectories();
        if (!notDurable.isEmpty()) {
            // Made anew each time: an exception that is thrown by the work and by the close after it can't hold itself.
            FileSystemException first = notDurable.get(0);
            FileSystemException failure = new FileSystemException(first.getFile(), null, first.getReason());
            failure.initCause(first.getCause());
            notDurable.subList(1, notDurable.size()).forEach(failure::addSuppressed);
            throw failure;
        }
    }

    private void forceDirectories() {
        if (!durability.forcesFiles()) {
            unforced.clear();
            return;
        }
        for (String directory : unforced) {
            try {
                placing.directory(directory).force();
            } catch (NoSuchFileException e) {
                // It is gone, and what was in it with it.
            } catch (IOException e) {
                // What a channel throws does not always name the directory.
                FileSystemException named = new FileSystemException(
                        top.path().resolve(directory).toString(),
                        null,
                        "can't be made durable: " + DiskProblem.describe(e));
                named.initCause(e);
                notDurable.add(named);
            }
        }
        unforced.clear();
    }

    /** Closes the directories that are open. */
    @Override
    public void close() {
        sealing.close();
        placing.close();
    }
}
