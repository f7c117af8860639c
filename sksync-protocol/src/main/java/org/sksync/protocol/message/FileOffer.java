package org.sksync.protocol.message;

/**
 * The head of a file that the server gives; its content follows.
 *
 * @param name its name
 * @param mtimeMillis its modification time in milliseconds since 1970-01-01 UTC; peers send whole seconds
 * @param length the content's length in bytes, 0 or more
 */
public record FileOffer(WireName name, long mtimeMillis, long length) implements ServerMessage {
    @Override
    public <R, E extends Exception> R accept(ServerMessage.Visitor<R, E> visitor) throws E {
        return visitor.visit(this);
    }
}
