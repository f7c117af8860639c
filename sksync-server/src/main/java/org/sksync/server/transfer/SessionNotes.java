package org.sksync.server.transfer;

import org.sksync.files.scan.SkippedFile;

/** What one session tells the listener of, beside its end. Owner thread only. */
final class SessionNotes {

    /** A client can list a million names that this disk can't hold. */
    private static final int MAX_TOLD = 200;

    private final String peer;
    private final SessionListener listener;
    private int skipped;

    SessionNotes(String peer, SessionListener listener) {
        this.peer = peer;
        this.listener = listener;
    }

    /** A file takes no part: all are counted, and the first ones told. */
    void skipped(SkippedFile file) {
        skipped++;
        if (skipped <= MAX_TOLD) {
            listener.skipped(peer, file);
        } else if (skipped == MAX_TOLD + 1) {
            warning("more files are left out than are told one by one; the session's line counts them");
        }
    }

    /** Something an operator should look at. */
    void warning(String text) {
        listener.warning(peer, text);
    }

    /** Something in this program is broken. */
    void bug(Throwable cause) {
        listener.bug(peer, cause);
    }

    /** Returns how many files took no part. */
    int skippedFiles() {
        return skipped;
    }
}
