package org.sksync.transport.transfer;

import org.sksync.files.scan.SkippedFile;
import org.sksync.files.store.CommitResult;

/** What became of a file that a peer sent. */
public sealed interface ReceiveResult {

    /**
     * The file is in its place.
     *
     * @param bytes its length
     * @param how whether the file system kept its modification time
     */
    record Stored(long bytes, CommitResult how) implements ReceiveResult {}

    /**
     * The file was read to its end and thrown away; what was in its place is as it was.
     *
     * @param file which and why
     */
    record Skipped(SkippedFile file) implements ReceiveResult {}

    /** The content does not have the checksum that came with it; the file was thrown away and the session must end. */
    record Corrupt() implements ReceiveResult {}
}
