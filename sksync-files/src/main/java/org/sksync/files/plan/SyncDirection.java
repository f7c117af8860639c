package org.sksync.files.plan;

/** Whose files travel (protocol: sync types). */
public enum SyncDirection {
    /** Both sides' files. */
    BIDIRECTIONAL,
    /** The client's files, to the server. */
    TO_SERVER,
    /** The server's files, to the client. */
    FROM_SERVER;

    /** Returns whether the client's files go to the server. */
    public boolean filesToServer() {
        return this != FROM_SERVER;
    }

    /** Returns whether the server's files come to the client. */
    public boolean filesToClient() {
        return this != TO_SERVER;
    }
}
