package org.sksync.files.store;

import java.nio.file.Path;

/** Writes out at a stroke what a disk still holds in memory. Thread-safe. */
@FunctionalInterface
interface WholeDisk {
    /**
     * Begins to write the file system of a directory out, and waits for that within reason. Nothing relies on it: what
     * must be durable is forced file by file afterwards, which is quick if this was done, and tells the errors.
     */
    void writeOut(Path directory);
}
