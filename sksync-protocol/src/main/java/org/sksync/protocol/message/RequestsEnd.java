package org.sksync.protocol.message;

/** The server wants no more files. */
public record RequestsEnd() implements ServerMessage {
    @Override
    public <R, E extends Exception> R accept(ServerMessage.Visitor<R, E> visitor) throws E {
        return visitor.visit(this);
    }
}
