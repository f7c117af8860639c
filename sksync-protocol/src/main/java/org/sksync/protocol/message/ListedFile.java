package org.sksync.protocol.message;

/**
 * One file that the client has.
 *
 * @param mtimeMillis its modification time in milliseconds since 1970-01-01 UTC; peers send whole seconds
 * @param name its name
 */
public record ListedFile(long mtimeMillis, WireName name) implements ClientMessage {
    @Override
    public <R, E extends Exception> R accept(ClientMessage.Visitor<R, E> visitor) throws E {
        return visitor.visit(this);
    }
}
