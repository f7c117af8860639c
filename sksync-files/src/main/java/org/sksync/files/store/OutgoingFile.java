package org.sksync.files.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.attribute.BasicFileAttributes;
import org.sksync.files.path.RelativePath;

/**
 * A regular file being sent, as it was when it was opened. All methods block; for one thread at a time.
 *
 * <p>A sender that must not send torn content holds back the last bytes until {@link #unchanged} says true.
 */
public final class OutgoingFile implements Closeable {
    private final TreeStore store;
    private final RelativePath path;
    private final FileChannel channel;
    private final BasicFileAttributes atOpen;
    private long remaining;

    OutgoingFile(TreeStore store, RelativePath path, FileChannel channel, BasicFileAttributes atOpen) {
        this.store = store;
        this.path = path;
        this.channel = channel;
        this.atOpen = atOpen;
        this.remaining = atOpen.size();
    }

    /** Returns the name of the file. */
    public RelativePath path() {
        return path;
    }

    /** Returns the length in bytes at the time of opening. */
    public long length() {
        return atOpen.size();
    }

    /** Returns the modification time in milliseconds since 1970-01-01 UTC at the time of opening. */
    public long mtimeMillis() {
        return atOpen.lastModifiedTime().toMillis();
    }

    /**
     * Reads the next bytes, as many as the buffer takes and {@link #length} leaves; bytes that were appended since are
     * never read.
     *
     * @return the number of bytes read, at least 1 if the buffer has room, or -1 once {@link #length} bytes are read
     * @throws FileChangedException if the file ends before its length
     * @throws IOException if the disk fails
     */
    public int read(ByteBuffer target) throws IOException {
        if (remaining == 0) {
            return -1;
        }
        int limit = target.limit();
        target.limit(target.position() + (int) Math.min(target.remaining(), remaining));
        try {
            int count = channel.read(target);
            if (count < 0) {
                throw new FileChangedException("the file became shorter while it was read: " + (length() - remaining)
                        + " bytes (expected: " + length() + ")");
            }
            remaining -= count;
            return count;
        } finally {
            target.limit(limit);
        }
    }

    /**
     * Returns whether size, modification time and identity of the file are still what they were at the opening.
     *
     * @throws IOException if the disk fails, or the store is cancelled or closed
     */
    public boolean unchanged() throws IOException {
        return store.isUnchanged(path, atOpen);
    }

    /** Closes the file. Closing again does nothing. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
