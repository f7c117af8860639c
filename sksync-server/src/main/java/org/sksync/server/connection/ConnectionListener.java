package org.sksync.server.connection;

/** Hears of connections that did not become sessions; called on the acceptor's thread. */
public interface ConnectionListener {

    /** A connection was closed as soon as it came. */
    void refused(String peer, String why);

    /** A connection could not be accepted; more are accepted after a pause. */
    void acceptFailed(Throwable cause);
}
