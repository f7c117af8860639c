package org.sksync.files.store;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.LongPredicate;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.RelativePath;
import org.sksync.files.path.ResolvedRoot;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.FileListing;
import org.sksync.files.scan.ScanDepth;
import org.sksync.files.scan.ScanResult;
import org.sksync.files.scan.ScanTooLargeException;
import org.sksync.files.scan.SkipReason;
import org.sksync.files.scan.SkippedFile;

/**
 * A synced tree on disk, for one session: nothing else touches the tree.
 *
 * <p>A path holds its complete old or its complete new content at every moment. A file arrives in a temp file in
 * {@link RelativePath#STAGING_NAME} and gets its time there; then, in this order, it gets its permissions, all of it is
 * forced to the disk if {@link Durability} says so, the directories that it needs are made, the target is looked at once
 * more under a lock that all sessions of the process share, and the temp file is renamed over it. Were the time set
 * after the rename, a crash between the two would leave a copy that looks newer than all others.
 *
 * <p>Nothing outside the root is read or written: links are neither followed nor listed nor replaced. All methods block
 * and belong on a thread that may. A store is used by one thread at a time, with these exceptions: {@link #seal} may run
 * on one thread, {@link #commit} of sealed files and {@link #makeDurable} on another, while a third one receives, sends or
 * scans; {@link #cancel} may come from any, and {@link #close} from another than one that scans: the scan then ends with an exception.
 */
public final class TreeStore implements Closeable {

    private final Path root;
    private final PlatformNames names;
    private final GuardedNames guarded;
    private final Disk disk;
    private final HeldDirectory top;
    private final TreePaths paths;
    private final Staging staging;
    private final KeptFiles keptFiles;
    private final Commits commits;
    private volatile boolean cancelled;
    private volatile boolean closed;

    private TreeStore(
            HeldDirectory top,
            Optional<Path> listed,
            PlatformNames names,
            GuardedNames guarded,
            PathLocks locks,
            SecureRandom random,
            Clock clock,
            TimeErrors timeErrors,
            KeepReplaced keepReplaced,
            Durability durability,
            Forcing forcing)
            throws IOException {
        this.top = top;
        this.root = top.path();
        this.names = names;
        this.guarded = guarded;
        this.disk = Disk.of(root.getFileSystem());
        this.paths = new TreePaths(top, names, guarded);
        this.staging = new Staging(top, listed, locks, random, clock);
        this.keptFiles = new KeptFiles(top, names, staging, clock);
        this.commits = new Commits(
                top,
                names,
                guarded,
                locks,
                staging,
                timeErrors,
                durability,
                forcing,
                keepReplaced,
                keptFiles,
                this::requireOpen);
    }

    /**
     * Opens the store of a directory that keeps no replaced files and has no guarded ones.
     *
     * @see #open(ResolvedRoot, PlatformNames, GuardedFiles, PathLocks, SecureRandom, Clock, TimeErrors, KeepReplaced, Durability, Forcing)
     */
    public static TreeStore open(
            Path realRoot, PlatformNames names, PathLocks locks, SecureRandom random, TimeErrors timeErrors)
            throws IOException {
        return open(ResolvedRoot.of(realRoot), names, locks, random, timeErrors);
    }

    /**
     * Opens the store of a directory that keeps no replaced files and has no guarded ones.
     *
     * @see #open(ResolvedRoot, PlatformNames, GuardedFiles, PathLocks, SecureRandom, Clock, TimeErrors, KeepReplaced, Durability, Forcing)
     */
    public static TreeStore open(
            ResolvedRoot root, PlatformNames names, PathLocks locks, SecureRandom random, TimeErrors timeErrors)
            throws IOException {
        return open(
                root,
                names,
                GuardedFiles.NONE,
                locks,
                random,
                Clock.systemUTC(),
                timeErrors,
                KeepReplaced.OFF,
                Durability.BATCH,
                Forcing.IN_TURN);
    }

    /**
     * Opens the store of a directory and holds it until the store is closed: from the listed directory down part by
     * part, so that no link is followed that was put there since the request was looked at. Creates nothing in it.
     *
     * @param root the directory
     * @param names the rules for names
     * @param guarded the files that are neither listed nor sent nor stored, and left as they are
     * @param locks shared by all the stores of the process
     * @param random names the temp files
     * @param clock names the directory of the files that are replaced
     * @param timeErrors what becomes of a file whose time can't be set
     * @param keepReplaced whether replaced files are kept; how long and how much is for {@link ReplacedFiles#prune}
     * @param durability when received files are forced to the disk
     * @param forcing forces several at a time
     * @throws IOException if the root is no directory any more, lies behind a link, or may not be read
     */
    public static TreeStore open(
            ResolvedRoot root,
            PlatformNames names,
            GuardedFiles guarded,
            PathLocks locks,
            SecureRandom random,
            Clock clock,
            TimeErrors timeErrors,
            KeepReplaced keepReplaced,
            Durability durability,
            Forcing forcing)
            throws IOException {
        HeldDirectory top = descend(root);
        try {
            Optional<Path> listed = Optional.of(root.listed()).filter(above -> !above.equals(root.directory()));
            return new TreeStore(
                    top,
                    listed,
                    names,
                    GuardedNames.of(guarded, top.path()),
                    locks,
                    random,
                    clock,
                    timeErrors,
                    keepReplaced,
                    durability,
                    forcing);
        } catch (IOException | RuntimeException e) {
            top.close();
            throw e;
        }
    }

    static HeldDirectory descend(ResolvedRoot root) throws IOException {
        HeldDirectory directory = Disk.of(root.listed().getFileSystem()).hold(root.listed());
        for (Path part : root.below()) {
            try (HeldDirectory above = directory) {
                if (above.attributes(part).filter(HeldDirectory::isDirectory).isEmpty()) {
                    throw new NotDirectoryException(root.directory().toString());
                }
                directory = above.open(part);
            }
        }
        return directory;
    }

    /** Returns the real path of the synced directory. */
    public Path root() {
        return root;
    }

    /**
     * Lists the regular files of the tree. Links, devices, pipes and sockets are no part of a tree and left out without
     * a word, as are excluded names and {@link RelativePath#STAGING_NAME}, in any directory and in any case, and what
     * vanishes meanwhile. Names that the wire or the platform can't carry, directories deeper than
     * {@link PlatformNames#MAX_DEPTH} allows, directories that can't be read and files with a modification time outside
     * the years 1 to 9999, which no peer takes, are skipped and reported, and so are guarded files.
     *
     * @throws IOException if the root itself can't be read, or the store is cancelled or closed
     */
    public ScanResult scan(ScanDepth depth, ExcludeFilter filter) throws IOException {
        return scan(depth, filter, bytes -> true);
    }

    /**
     * Lists the regular files of the tree within a budget.
     *
     * @param reserve told, for each name that is met, about how many bytes of memory it takes; false if there are none
     *     left
     * @throws ScanTooLargeException if {@code reserve} returned false
     * @throws IOException as {@link #scan(ScanDepth, ExcludeFilter)} does
     */
    public ScanResult scan(ScanDepth depth, ExcludeFilter filter, LongPredicate reserve) throws IOException {
        requireOpen();
        try {
            return new TreeScanner(names, depth, filter, guarded, this::isStopped, reserve).scan(top);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Opens a file of the tree for sending. The caller closes it.
     *
     * @throws SkippedFileException if the file is guarded, a part of the path is a link, or it is not a regular one
     * @throws FileChangedException if the file is being replaced at this moment
     * @throws IOException if the file is gone or the disk fails; {@link #skipped} tells which
     */
    public OutgoingFile openForSending(RelativePath path) throws IOException {
        requireOpen();
        TreePaths.Place place = paths.existing(path);
        HeldDirectory directory = place.directory();
        BasicFileAttributes before =
                directory.attributes(place.name()).orElseThrow(() -> new NoSuchFileException(path.toString()));
        Expectation.requireRegularFile(before);
        if (!FileEntry.isTellable(before.lastModifiedTime().toMillis())) {
            throw new SkippedFileException(
                    SkipReason.TIME, "its modification time is not in the years 1 to 9999; touch the file");
        }
        FileChannel channel = directory.openForReading(place.name());
        try {
            // What was opened is what was looked at, unless it was swapped between the two.
            if (channel.size() != before.size()
                    || directory
                            .attributes(place.name())
                            .filter(now -> HeldDirectory.isSame(before, now))
                            .isEmpty()) {
                throw new FileChangedException("the file is being changed");
            }
            return new OutgoingFile(this, path, channel, before);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Puts a kept file back, as if it arrived: what is there now is kept in its turn.
     *
     * @param mtimeMillis the modification time that it gets at the least
     * @param time whether it must be later than that of the file that is there now
     */
    CommitResult restore(Stamp when, RelativePath path, long mtimeMillis, RestoredTime time) throws IOException {
        requireOpen();
        TreePaths.Place kept = keptFiles.place(when, path);
        BasicFileAttributes known =
                kept.directory().attributes(kept.name()).orElseThrow(() -> new NoSuchFileException(path.toString()));
        Expectation.requireRegularFile(known);
        Optional<FileEntry> present = present(path);
        long later = present.filter(now -> time == RestoredTime.NEWEST)
                .map(now -> now.wholeSecondMillis() + RestoredTime.MARGIN_MILLIS)
                .filter(FileEntry::isTellable)
                .orElse(mtimeMillis);
        try (FileChannel from = kept.directory().openForReading(kept.name());
                IncomingFile incoming = receive(path, present)) {
            incoming.append(from, known.size());
            return incoming.commit(Math.max(mtimeMillis, later));
        }
    }

    private Optional<FileEntry> present(RelativePath path) throws IOException {
        Optional<TreePaths.Place> place = paths.forStoring(path, false);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        return place.get()
                .directory()
                .attributes(place.get().name())
                .map(found -> new FileEntry(path, found.lastModifiedTime().toMillis(), found.size()));
    }

    Optional<HeldDirectory> kept() throws IOException {
        return keptFiles.all();
    }

    boolean isUnchanged(RelativePath path, BasicFileAttributes before) throws IOException {
        requireOpen();
        try {
            TreePaths.Place place = paths.existing(path);
            return place.directory()
                    .attributes(place.name())
                    .filter(now -> HeldDirectory.isSame(before, now))
                    .isPresent();
        } catch (NoSuchFileException | SkippedFileException e) {
            return false;
        }
    }

    /**
     * Opens a temp file for a file that is about to arrive. The caller closes it.
     *
     * @param target the name it will have
     * @param expected what the listing of this store said about the target; empty if it was not listed, so must not
     *     exist
     * @throws FileChangedException if the target is not the expected one; one that vanished is fine
     * @throws SkippedFileException if the name is guarded, the platform can't store it, or a link, a directory or something else that
     *     is no regular file is in the way
     * @throws IOException if the disk fails
     */
    public IncomingFile receive(RelativePath target, Optional<FileEntry> expected) throws IOException {
        requireOpen();
        Expectation.require(paths.forStoring(target, false), expected);
        IncomingFile incoming = incoming(target, expected);
        try {
            if (staging.foldsCase()) {
                paths.forStoring(target, true);
            }
            return incoming;
        } catch (IOException e) {
            incoming.close();
            throw e;
        }
    }

    /**
     * Stores a file that is there whole in a temp file, which is yet to be committed. The target is not looked at: what
     * is in the way shows at the commit.
     *
     * @param target the name it will have
     * @param expected what the listing of this store said about the target; empty if it was not listed, so must not
     *     exist
     * @param content its bytes from position to limit, buffer after buffer
     * @param mtimeMillis the modification time in milliseconds since 1970-01-01 UTC, whole seconds
     * @throws SkippedFileException if the name is guarded, or the platform can't store it
     * @throws IOException if the disk fails
     */
    public ArrivedFile receiveWhole(
            RelativePath target, Optional<FileEntry> expected, List<ByteBuffer> content, long mtimeMillis)
            throws IOException {
        requireOpen();
        paths.requireStorable(target);
        try (IncomingFile incoming = incoming(target, expected)) {
            for (ByteBuffer piece : content) {
                incoming.write(piece);
            }
            return incoming.arrived(mtimeMillis);
        }
    }

    private IncomingFile incoming(RelativePath target, Optional<FileEntry> expected) throws IOException {
        Staging.Temp temp = staging.create();
        try {
            staging.learnCase();
            return new IncomingFile(this, target, expected, temp);
        } catch (IOException e) {
            staging.discard(temp);
            throw e;
        }
    }

    ArrivedFile arrived(RelativePath path, Optional<FileEntry> expected, Staging.Temp temp, long mtimeMillis)
            throws IOException {
        requireOpen();
        ArrivedFile file = new ArrivedFile(path, expected, temp, mtimeMillis);
        if (!commits.needsOpenFiles()) {
            file.close();
        }
        return file;
    }

    /** Returns how many files are worth committing at a time, at least 1. */
    public int maxCommittedTogether() {
        return commits.maxTogether();
    }

    /**
     * Gives files their times and permissions and forces them to the disk, where that is done for all of them together.
     * What fails shows at the commit.
     */
    public void seal(List<ArrivedFile> files) {
        commits.seal(files);
    }

    /**
     * Puts files in their places, those that can be; {@link ArrivedFile#result} tells of each what became of it. One that
     * can't be is thrown away. Those that are not sealed yet are sealed before.
     */
    public void commit(List<ArrivedFile> files) {
        commits.commit(files);
    }

    void discard(Staging.Temp temp) throws IOException {
        staging.discard(temp);
    }

    /** Returns the report about a file that is guarded here, whether it is there or not; empty if it is not. */
    public Optional<SkippedFile> guarded(RelativePath path) {
        return guarded.cover(path.text())
                ? Optional.of(new SkippedFile(path.text(), SkipReason.GUARDED, guarded.why()))
                : Optional.empty();
    }

    /**
     * Returns whether the disk takes names for one that differ only in case: it is asked for one of the listed files in
     * other letters. False where none has letters.
     *
     * @param listed what {@link #scan} found
     * @throws IOException if the disk fails
     */
    public boolean foldsCase(FileListing listed) throws IOException {
        requireOpen();
        return Folding.isDoneBy(paths, listed);
    }

    /**
     * Returns what keeps a file that was not listed from being stored, on a disk that takes different names for one: a
     * sentence part that is safe to log; empty if nothing does.
     *
     * @throws IOException if the disk fails
     */
    public Optional<String> inTheWay(RelativePath unlisted) throws IOException {
        requireOpen();
        return Folding.inTheWay(paths, unlisted);
    }

    /**
     * Finds out how the disk takes names and times, with a file of its own in the staging directory, which it removes.
     *
     * @throws IOException if the directory can't be written to, or the disk fails
     */
    public DiskTraits traits() throws IOException {
        requireOpen();
        return DiskTraits.of(staging);
    }

    /** Returns the number of bytes that can still be written to the disk under the root. */
    public long usableBytes() throws IOException {
        return disk.usableBytes(root);
    }

    /** Returns the report about a file that is left out because of an error that this store threw. */
    public SkippedFile skipped(RelativePath path, IOException error) {
        SkipReason reason = DiskProblem.of(error);
        String detail = reason == SkipReason.NO_SPACE
                ? DiskProblem.describe(error) + spaceLeft() + "; make room"
                : DiskProblem.describeWithAdvice(error);
        return new SkippedFile(path.text(), reason, detail);
    }

    private String spaceLeft() {
        try {
            return " under " + root + ": " + usableBytes() + " bytes are free";
        } catch (IOException e) {
            return " under " + root;
        }
    }

    /**
     * Makes all committed files durable: after this a loss of power can't undo them. To be called before the peer or
     * the user is told that the sync is done. A directory that this user may not read can't be forced and is no failure.
     *
     * @throws IOException if the disk fails, or failed before: a disk that could not keep something once may say later
     *     that it did, so that is never asked again. All other directories were forced nevertheless, and further
     *     failures are suppressed in the first
     */
    public void makeDurable() throws IOException {
        commits.makeDurable();
    }

    /**
     * Ends the work of this store from any thread, without waiting: a scan that runs ends soon with an exception, and
     * scanning, opening, receiving and committing fail from now on. Committed files stay, and the store is still to be
     * closed. Cancelling again does nothing.
     */
    public void cancel() {
        cancelled = true;
    }

    /** Returns whether the store was cancelled or closed. */
    boolean isStopped() {
        return cancelled || closed;
    }

    /**
     * Makes all committed files durable, throws the unfinished ones away, and removes the staging directory if nothing
     * is left in it. Closing again does nothing.
     *
     * @throws IOException if the disk fails
     */
    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        Failures failures = new Failures();
        failures.run(this::makeDurable);
        failures.run(staging::close);
        keptFiles.close();
        commits.close();
        paths.close();
        top.close();
        failures.rethrow();
    }

    private void requireOpen() throws ClosedChannelException {
        if (isStopped()) {
            throw new ClosedChannelException();
        }
    }
}
