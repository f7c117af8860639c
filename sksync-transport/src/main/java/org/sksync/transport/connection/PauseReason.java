package org.sksync.transport.connection;

/** Why a peer is not read from. */
enum PauseReason {
    /** The session is busy with what it has. */
    SESSION,
    /** More has come than a limit allows. */
    LIMIT
}
