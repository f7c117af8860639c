package org.sksync.server.transfer;

import org.sksync.files.scan.SkippedFile;

/** Hears what is worth a line in the log, or counting; called on the session's owner thread. */
public interface SessionListener {

    /** One file took no part. */
    void skipped(String peer, SkippedFile file);

    /** Something an operator should look at. */
    void warning(String peer, String text);

    /** A login has to wait for its answer, since many have failed before it. */
    void loginDelayed();

    /** A login, or a certificate, was refused. */
    void loginRefused();

    /** Something in this program is broken; the session ends. */
    void bug(String peer, Throwable cause);
}
