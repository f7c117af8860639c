package org.sksync.protocol.message;

/** The server wants no more files. */
public record RequestsEnd() implements ServerMessage {
    @Override
    public <R> R accept(ServerMessage.Visitor<R> visitor) {
        return visitor.visit(this);
    }
}
