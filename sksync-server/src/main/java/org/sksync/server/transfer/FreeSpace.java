package org.sksync.server.transfer;

import java.io.IOException;
import org.sksync.files.store.TreeStore;
import org.sksync.protocol.session.SyncProtocolException;
import org.sksync.protocol.session.SyncProtocolException.Reason;

/**
 * Whether a directory's disk has room for a file, before any of it is stored. For a session's disk work.
 *
 * <p>To ask a system costs as much as a small file does, so it is asked once for many, and again before any is refused.
 */
final class FreeSpace {

    private static final int FILES_PER_QUESTION = 256;

    private final TreeStore store;
    private final long reservedBytes;
    private long roomBytes;
    private int files = FILES_PER_QUESTION;

    /** Creates one for a directory of whose disk {@code reservedBytes} are to stay free. */
    FreeSpace(TreeStore store, long reservedBytes) {
        this.store = store;
        this.reservedBytes = reservedBytes;
    }

    /**
     * Refuses a file for which there is no room; blocks.
     *
     * @throws SyncProtocolException if there is none
     */
    void require(long length) throws SyncProtocolException, IOException {
        files++;
        if (files > FILES_PER_QUESTION || length > roomBytes) {
            long freeBytes = store.usableBytes();
            roomBytes = freeBytes - reservedBytes;
            files = 1;
            if (length > roomBytes) {
                throw new SyncProtocolException(
                        Reason.LIMIT_EXCEEDED,
                        "file length: " + length + " (expected: <= " + Math.max(0, roomBytes) + "; the disk of "
                                + store.root() + " has " + freeBytes + " bytes free, of which " + reservedBytes
                                + " are kept free)");
            }
        }
        roomBytes -= length;
    }
}
