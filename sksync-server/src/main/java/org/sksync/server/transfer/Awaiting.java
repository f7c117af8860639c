package org.sksync.server.transfer;

import org.sksync.protocol.message.ProtocolLevel.Checksum;
import org.sksync.server.config.Timeouts;
import org.sksync.transport.transfer.PeerLink;
import org.sksync.transport.watch.Awaited;

/** Tells the link what is due as files come: the length of the next one, its content, its checksum. */
final class Awaiting {

    private final PeerLink link;
    private final Awaited head;
    private final Awaited content;
    private final Awaited checksum;
    private final boolean hasChecksum;
    private long remainingBytes;

    Awaiting(PeerLink link, Timeouts timeouts, Checksum checksum) {
        this.link = link;
        this.head = Awaited.within(timeouts.file(), "the length of a file that was asked for");
        this.content = Awaited.at(timeouts.pace(), "a file");
        this.checksum = Awaited.within(timeouts.file(), "the checksum of a file");
        this.hasChecksum = checksum != Checksum.NONE;
    }

    /** The client owes nothing. */
    void nothing() {
        link.await(Awaited.nothing());
    }

    /** The next file is due. */
    void head() {
        link.await(head);
    }

    /** A file of this length has begun. */
    void content(long bytes) {
        remainingBytes = bytes;
        link.await(content);
        checksumIfDue();
    }

    /** A piece of the file came. */
    void arrived(int bytes) {
        remainingBytes -= bytes;
        checksumIfDue();
    }

    private void checksumIfDue() {
        if (remainingBytes == 0 && hasChecksum) {
            link.await(checksum);
        }
    }
}
