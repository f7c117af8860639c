package org.sksync.client.transfer;

import java.util.Iterator;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.FileListing;
import org.sksync.protocol.message.ListedFile;
import org.sksync.protocol.message.WireName;
import org.sksync.transport.transfer.PeerLink;

/** Sends a listing as fast as the server reads it. */
final class ListingSender {

    private final PeerLink link;
    private final Iterator<FileEntry> files;
    private final Runnable onSent;
    private boolean done;

    ListingSender(PeerLink link, FileListing listing, Runnable onSent) {
        this.link = link;
        this.files = listing.entries().iterator();
        this.onSent = onSent;
    }

    /** Tells whether all of it was sent. */
    boolean isDone() {
        return done;
    }

    /** Sends what the link takes; to be called again whenever it takes more. */
    void proceed() {
        while (!done && link.isWritable()) {
            if (files.hasNext()) {
                FileEntry file = files.next();
                link.send(new ListedFile(
                        file.wholeSecondMillis(), new WireName(file.path().text())));
            } else {
                done = true;
                onSent.run();
            }
        }
        link.flush();
    }
}
