package org.sksync.protocol.message;

/**
 * A file that the server asks the client for.
 *
 * @param name one of the names that the client listed
 */
public record FileRequest(WireName name) implements ServerMessage {
    @Override
    public <R, E extends Exception> R accept(ServerMessage.Visitor<R, E> visitor) throws E {
        return visitor.visit(this);
    }
}
