package org.sksync.files.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.Optional;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.FileListing;
import org.sksync.files.scan.ScanDepth;
import org.sksync.files.scan.ScanResult;
import org.sksync.files.scan.SkipReason;
import org.sksync.files.scan.SkippedFile;

/**
 * A synced tree on disk, for one session: nothing else touches the tree.
 *
 * <p>Nothing outside the root is read or written: links are neither followed nor listed nor replaced. All methods block
 * and belong on a thread that may. A store is used by one thread at a time, only {@link #close} may come from another:
 * a scan then ends with an exception.
 */
public final class TreeStore implements Closeable {
    private final Path root;
    private final PlatformNames names;

    private TreeStore(Path root, PlatformNames names) {
        this.root = root;
        this.names = names;
    }

    /**
     * Opens the store of a directory. Creates nothing in it.
     *
     * @param realRoot the directory as {@link Path#toRealPath} gives it
     * @param names the rules for names
     * @param locks shared by all the stores of the process
     * @param random names the temp files
     * @param timeErrors what becomes of a file whose time can't be set
     * @throws IOException if the root is no directory
     */
    public static TreeStore open(
            Path realRoot, PlatformNames names, PathLocks locks, SecureRandom random, TimeErrors timeErrors)
            throws IOException {
        Objects.requireNonNull(locks);
        Objects.requireNonNull(random);
        Objects.requireNonNull(timeErrors);
        return new TreeStore(realRoot, names);
    }

    /** Returns the real path of the synced directory. */
    public Path root() {
        return root;
    }

    /** Returns the rules for names. */
    public PlatformNames names() {
        return names;
    }

    /**
     * Lists the regular files of the tree. Links, devices, pipes and sockets are no part of a tree and left out without
     * a word, as are excluded names and {@link RelativePath#STAGING_NAME}, in any directory and in any case, and what
     * vanishes meanwhile. Names that the wire or the platform can't carry, directories deeper than
     * {@link PlatformNames#MAX_DEPTH} allows and directories that can't be read are skipped and reported.
     *
     * @throws IOException if the root itself can't be read, or the store is closed
     */
    public ScanResult scan(ScanDepth depth, ExcludeFilter filter) throws IOException {
        Objects.requireNonNull(depth);
        Objects.requireNonNull(filter);
        return new ScanResult(FileListing.empty(), java.util.List.of());
    }

    /**
     * Opens a file of the tree for sending. The caller closes it.
     *
     * @throws SkippedFileException if a part of the path is a link, or the file is not a regular one
     * @throws IOException if the file is gone or the disk fails; {@link #skipped} tells which
     */
    public OutgoingFile openForSending(RelativePath path) throws IOException {
        Disk disk = new Disk();
        Path file = root.resolve(path.text());
        BasicFileAttributes now = disk.attributes(file).orElseThrow(() -> new NoSuchFileException(path.toString()));
        if (!now.isRegularFile()) {
            throw new SkippedFileException(SkipReason.NOT_A_FILE, path + " is no regular file");
        }
        return new OutgoingFile(disk, path, file, FileChannel.open(file), now);
    }

    /**
     * Opens a temp file for a file that is about to arrive. The caller closes it.
     *
     * @param target the name it will have
     * @param expected what the listing of this store said about the target; empty if it was not listed, so must not
     *     exist
     * @throws FileChangedException if the target is not the expected one; one that vanished is fine
     * @throws SkippedFileException if the platform can't store the name, or a link, a directory or something else that
     *     is no regular file is in the way
     * @throws IOException if the disk fails
     */
    public IncomingFile receive(RelativePath target, Optional<FileEntry> expected) throws IOException {
        Objects.requireNonNull(expected);
        return new IncomingFile(target);
    }

    /** Returns the number of bytes that can still be written to the disk under the root. */
    public long usableBytes() throws IOException {
        return Long.MAX_VALUE;
    }

    /** Returns the report about a file that is left out because of an error that this store threw. */
    public SkippedFile skipped(RelativePath path, IOException error) {
        return new SkippedFile(path.text(), DiskProblem.of(error), String.valueOf(error.getMessage()));
    }

    /**
     * Makes all committed files durable: after this a loss of power can't undo them. To be called before the peer or
     * the user is told that the sync is done.
     *
     * @throws IOException if the disk fails
     */
    public void makeDurable() throws IOException {}

    /**
     * Makes all committed files durable, throws the unfinished ones away, and removes the staging directory if nothing
     * is left in it. Closing again does nothing.
     *
     * @throws IOException if the disk fails
     */
    @Override
    public void close() throws IOException {}
}
