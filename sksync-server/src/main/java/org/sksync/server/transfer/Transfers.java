package org.sksync.server.transfer;

import org.sksync.files.store.TreeStore;
import org.sksync.transport.transfer.FileReceiver;

/**
 * The moving of files, once it is known which.
 *
 * @param uploads the files that the client is asked for, first
 * @param downloads the files that it is given, afterwards
 * @param receiver stores what comes
 * @param store the directory
 */
record Transfers(Uploads uploads, Downloads downloads, FileReceiver receiver, TreeStore store) {

    /** Stops where it is; a file that has not arrived whole is thrown away. */
    void abandon() {
        receiver.abandon();
        downloads.abandon();
    }
}
