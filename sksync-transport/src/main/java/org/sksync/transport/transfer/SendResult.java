package org.sksync.transport.transfer;

import org.sksync.files.scan.SkippedFile;

/** What became of a file that was to be sent. */
public sealed interface SendResult {

    /**
     * The peer was given the whole file.
     *
     * @param bytes its length
     */
    record Sent(long bytes) implements SendResult {}

    /**
     * Nothing of the file was sent, not even its head.
     *
     * @param file which and why
     */
    record NotSent(SkippedFile file) implements SendResult {}

    /**
     * The file changed or failed after its head was sent. The rest is held back, so the peer can't take what it has
     * for a whole file; the connection must be closed.
     *
     * @param file which and why
     */
    record Broken(SkippedFile file) implements SendResult {}
}
