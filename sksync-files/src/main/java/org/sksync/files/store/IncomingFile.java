package org.sksync.files.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.Optional;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.FileEntry;

/**
 * A file being received into a temp file, apart from the tree until {@link #commit}. All methods block; for one thread
 * at a time.
 */
public final class IncomingFile implements Closeable {
    private final TreeStore store;
    private final RelativePath path;
    private final Optional<FileEntry> expected;
    private final Staging.Temp temp;
    private boolean open = true;

    IncomingFile(TreeStore store, RelativePath path, Optional<FileEntry> expected, Staging.Temp temp) {
        this.store = store;
        this.path = path;
        this.expected = expected;
        this.temp = temp;
    }

    /**
     * Appends all the remaining bytes of the buffer.
     *
     * @throws IOException if the disk fails, or the file is closed; the only thing left to do then is {@link #close}
     */
    public void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            temp.channel().write(bytes);
        }
    }

    /** Appends the first bytes of a file. */
    void append(FileChannel from, long size) throws IOException {
        Copying.all(from, temp.channel(), size);
    }

    /**
     * Puts the file in its place: content and time reach the disk, missing directories are made, and the temp file
     * replaces the target in one step, unless the target is no longer the expected one. The file is closed then,
     * whatever the outcome.
     *
     * @param mtimeMillis the modification time in milliseconds since 1970-01-01 UTC, whole seconds
     * @throws FileChangedException if the target appeared or changed since it was listed; it stays as it is
     * @throws SkippedFileException if a link, a directory or something else that is no regular file is in the way; or,
     *     with {@link TimeErrors#FAIL}, if the disk keeps a time that is more than two seconds off. The target stays as
     *     it is
     * @throws IOException if the disk fails, or can't take the time and the store was opened with
     *     {@link TimeErrors#FAIL}, or the file is closed; the target stays as it is
     */
    public CommitResult commit(long mtimeMillis) throws IOException {
        ArrivedFile arrived = arrived(mtimeMillis);
        store.commit(List.of(arrived));
        return arrived.result();
    }

    /**
     * Ends the file, whose content is whole; it is yet to be committed. The file is closed then, whatever the outcome.
     *
     * @param mtimeMillis the modification time in milliseconds since 1970-01-01 UTC, whole seconds
     * @throws IOException if the file or the store is closed
     */
    public ArrivedFile arrived(long mtimeMillis) throws IOException {
        if (!open) {
            throw new ClosedChannelException();
        }
        open = false;
        try {
            return store.arrived(path, expected, temp, mtimeMillis);
        } catch (IOException e) {
            try {
                store.discard(temp);
            } catch (IOException onDiscard) {
                e.addSuppressed(onDiscard);
            }
            throw e;
        }
    }

    /** Closes the file and, unless it was committed, throws it away. Closing again does nothing. */
    @Override
    public void close() throws IOException {
        if (open) {
            open = false;
            store.discard(temp);
        }
    }
}
