package org.sksync.client.report;

import org.jspecify.annotations.Nullable;

/**
 * A sync did not get to its end. What had arrived whole by then is kept; the sync can simply be run again. The message
 * is one sentence; it may hold text that the server sent, so it is escaped before it is shown.
 */
public final class SyncFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final Kind kind;

    /** Creates one. */
    public SyncFailedException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** Returns where it failed. */
    public Kind kind() {
        return kind;
    }

    /** Where a sync can fail. */
    public enum Kind {
        /** The server can't be reached, or the connection ended too early. */
        NETWORK,
        /** The login or TLS. */
        IDENTITY,
        /** The own or the server's directory. */
        PATH,
        /** The server broke the protocol's rules. */
        PROTOCOL,
        /** The own disk, or anything else. */
        OTHER
    }
}
