package org.sksync.server.transfer;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sksync.protocol.session.SyncProtocolException;
import org.sksync.protocol.session.SyncProtocolException.Reason;

/** Whether a directory's disk has room for a file, before any of it is stored. Blocks; one thread at a time. */
final class FreeSpace {

    private final Path directory;
    private final long reservedBytes;
    private @Nullable FileStore disk;

    /** Creates one for a directory of whose disk {@code reservedBytes} are to stay free. */
    FreeSpace(Path directory, long reservedBytes) {
        this.directory = directory;
        this.reservedBytes = reservedBytes;
    }

    /**
     * Refuses a file for which there is no room. A disk that does not tell its size is taken to have room.
     *
     * @throws SyncProtocolException if there is none
     */
    void require(long length) throws SyncProtocolException, IOException {
        FileStore store = disk;
        if (store == null) {
            store = Files.getFileStore(directory);
            disk = store;
        }
        long freeBytes = store.getUsableSpace();
        if (length > freeBytes - reservedBytes && store.getTotalSpace() > 0) {
            throw new SyncProtocolException(
                    Reason.LIMIT_EXCEEDED,
                    "file length: " + length + " (expected: <= " + Math.max(0, freeBytes - reservedBytes)
                            + "; the disk of " + directory + " has " + freeBytes + " bytes free, of which "
                            + reservedBytes + " are kept free)");
        }
    }
}
