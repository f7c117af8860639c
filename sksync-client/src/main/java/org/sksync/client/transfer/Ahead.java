package org.sksync.client.transfer;

import java.util.Iterator;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.FileListing;

/**
 * What a server may still ask for, as long as it asks in the order of the paths. Ours does, so what it has passed over it
 * needs no more; of one that asks in another order nothing can be told. Owner thread only.
 */
final class Ahead {

    private final Iterator<FileEntry> entries;
    private int files;
    private long bytes;
    private boolean known = true;

    Ahead(FileListing listed) {
        entries = listed.entries().iterator();
        files = listed.size();
        for (FileEntry file : listed.entries()) {
            bytes += file.size();
        }
    }

    /** Takes note that the server has asked for a file, and so for none before it any more. */
    void asked(FileEntry file) {
        while (known) {
            if (!entries.hasNext()) {
                known = false;
                return;
            }
            FileEntry passed = entries.next();
            files--;
            bytes -= passed.size();
            if (passed.path().equals(file.path())) {
                return;
            }
        }
    }

    /** Tells whether the server has kept to the order so far. */
    boolean isKnown() {
        return known;
    }

    /** Returns how many files it may still ask for. */
    int files() {
        return files;
    }

    /** Returns their lengths together. */
    long bytes() {
        return bytes;
    }
}
