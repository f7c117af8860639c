package org.sksync.files.store;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** The copying of whole files between channels. */
final class Copying {
    private Copying() {}

    /**
     * Copies the first bytes of a file to the end of another one.
     *
     * @throws FileChangedException if the file has fewer
     */
    static void all(FileChannel from, FileChannel to, long size) throws IOException {
        long at = 0;
        while (at < size) {
            long count = from.transferTo(at, size - at, to);
            if (count <= 0) {
                throw new FileChangedException("the file became shorter while it was copied");
            }
            at += count;
        }
    }
}
