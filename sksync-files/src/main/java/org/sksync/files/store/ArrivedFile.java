package org.sksync.files.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.FileEntry;

/**
 * A file that lies whole in the staging directory, and is yet to be sealed ({@link TreeStore#seal}) and put in its place
 * by {@link TreeStore#commit}. Until then it may take an open file of the process. For one thread at a time.
 */
public final class ArrivedFile {
    private final RelativePath path;
    private final Optional<FileEntry> expected;
    private final Staging.Temp temp;
    private final long mtimeMillis;
    private CommitResult timeKept = CommitResult.STORED;
    private boolean sealed;
    private boolean committed;
    private FileChannel channel;
    private @Nullable IOException failure;

    ArrivedFile(RelativePath path, Optional<FileEntry> expected, Staging.Temp temp, long mtimeMillis) {
        this.path = path;
        this.expected = expected;
        this.temp = temp;
        this.mtimeMillis = mtimeMillis;
        this.channel = temp.channel();
    }

    RelativePath path() {
        return path;
    }

    Optional<FileEntry> expected() {
        return expected;
    }

    Staging.Temp temp() {
        return temp;
    }

    /** Returns what is open of the file, for forcing it. */
    FileChannel channel() {
        return channel;
    }

    /** Opens the file, if it was closed; by now it may have the permissions of one that may only be read. */
    void open() throws IOException {
        if (channel.isOpen()) {
            return;
        }
        try {
            channel = temp.directory().openForReading(temp.name());
        } catch (AccessDeniedException e) {
            channel = temp.directory().openForLocking(temp.name());
        }
    }

    void close() throws IOException {
        channel.close();
    }

    long mtimeMillis() {
        return mtimeMillis;
    }

    /** Takes note of what the disk made of the time. */
    void timed(CommitResult kept) {
        timeKept = kept;
    }

    boolean hasFailed() {
        return failure != null;
    }

    /** Takes note of trouble; what comes first is the failure. */
    void fail(IOException cause) {
        if (failure == null) {
            failure = cause;
        } else if (failure != cause) {
            failure.addSuppressed(cause);
        }
    }

    /** Takes note that it has all that it needs to be put in its place, unless it has failed. */
    void sealed() {
        sealed = true;
    }

    boolean isSealed() {
        return sealed;
    }

    void succeed() {
        committed = true;
    }

    /**
     * Returns how the file was stored, after the commit.
     *
     * @throws FileChangedException if the target appeared or changed since it was listed; it stays as it is
     * @throws SkippedFileException if a link, a directory or something else that is no regular file is in the way; or,
     *     with {@link TimeErrors#FAIL}, if the disk keeps a time that is more than two seconds off. The target stays as
     *     it is
     * @throws IOException if the disk failed, or can't take the time and the store was opened with
     *     {@link TimeErrors#FAIL}; the target stays as it is
     */
    public CommitResult result() throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (!committed) {
            throw new IllegalStateException("not committed yet");
        }
        return timeKept;
    }
}
