package org.sksync.protocol.message;

/**
 * The head of a file that the server asked for; its content follows.
 *
 * @param length the content's length in bytes, 0 or more
 */
public record FileReply(long length) implements ClientMessage {
    @Override
    public <R, E extends Exception> R accept(ClientMessage.Visitor<R, E> visitor) throws E {
        return visitor.visit(this);
    }
}
