package org.sksync.server.connection;

/** Hears of connections that did not become sessions; called on the acceptor's thread. */
public interface ConnectionListener {

    /**
     * A connection was closed as soon as it came.
     *
     * @param limit the configuration's key of the limit that is reached
     */
    void refused(String peer, String limit, String why);

    /** A connection that had not greeted was closed to make room for a new one. */
    void madeRoom();

    /** A connection could not be accepted; more are accepted after a pause. */
    void acceptFailed(Throwable cause);
}
