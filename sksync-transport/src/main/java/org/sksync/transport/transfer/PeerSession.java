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

    /** Nothing was sent and nothing came for as long as the pipeline's limit; a session that waits for its peer ends. */
    void idle();

    /** The connection has ended; nothing more comes, nothing more can be sent. */
    void inputEnded();

    /** Something broke: the peer broke the rules, or the connection did. */
    void failed(Throwable cause);
}
