package org.sksync.client.transfer;

import java.util.List;
import java.util.Optional;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.FileListing;

/**
 * What a server may still ask for, as long as it asks in the order of the paths. Ours does, so what it has passed over it
 * needs no more; of one that asks in another order nothing can be told. Owner thread only.
 */
final class Ahead {

    /** So many in a row, and the server seems to want all of them. */
    private static final int IN_A_ROW = 2;

    private final List<FileEntry> entries;
    private int next;
    private int inARow;
    private long bytes;
    private boolean known = true;

    Ahead(FileListing listed) {
        entries = listed.entries();
        for (FileEntry file : entries) {
            bytes += file.size();
        }
    }

    /** Takes note that the server has asked for a file, and so for none before it any more. */
    void asked(FileEntry file) {
        int first = next;
        while (known) {
            if (next == entries.size()) {
                known = false;
                return;
            }
            FileEntry passed = entries.get(next);
            next++;
            bytes -= passed.size();
            if (passed.path().equals(file.path())) {
                inARow = next == first + 1 ? inARow + 1 : 0;
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
        return entries.size() - next;
    }

    /** Returns their lengths together. */
    long bytes() {
        return bytes;
    }

    /** Returns the file that it will ask for after so many others, if it goes on as it has begun. */
    Optional<FileEntry> likely(int after) {
        return known && inARow >= IN_A_ROW && after < files()
                ? Optional.of(entries.get(next + after))
                : Optional.empty();
    }
}
