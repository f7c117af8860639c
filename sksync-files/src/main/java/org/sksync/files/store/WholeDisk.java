package org.sksync.files.store;

import java.nio.file.Path;

/** Forces at a stroke all that a disk has not written yet. Thread-safe. */
@FunctionalInterface
interface WholeDisk {
    /**
     * Forces the file system of a directory.
     *
     * @return whether all that was written to it before the call is durable now; if not, what matters is to be forced by
     *     itself
     */
    boolean force(Path directory);
}
