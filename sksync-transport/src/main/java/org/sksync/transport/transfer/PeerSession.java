package org.sksync.transport.transfer;

/**
 * One conversation with a peer, told of what happens on its connection; all on the owner thread.
 *
 * @param <M> the type of message that the peer sends
 */
public interface PeerSession<M> {

    /** The connection is ready, TLS included. */
    void opened();

    /** A message came; the session takes over its buffer if it holds one. */
    void received(M message);

    /** The peer has caught up with what was sent. */
    void writable();

    /**
     * The peer is slower than it may be; told once, and the session ends.
     *
     * @param how what it did too slowly, as the rest of a sentence that begins with who it is
     */
    void tooSlow(String how);

    /** The connection has ended; nothing more comes, nothing more can be sent. */
    void inputEnded();

    /** Something broke: the peer broke the rules, or the connection did. */
    void failed(Throwable cause);
}
