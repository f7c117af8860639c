package org.sksync.protocol.message;

/**
 * One file that the client has.
 *
 * @param mtimeMillis its modification time in milliseconds since 1970-01-01 UTC; peers send whole seconds
 * @param name its name
 */
public record ListedFile(long mtimeMillis, WireName name) implements ClientMessage {
    @Override
    public <R> R accept(ClientMessage.Visitor<R> visitor) {
        return visitor.visit(this);
    }
}
