package org.sksync.protocol.message;

/** The empty line that refuses a login; a close follows. */
public record Refusal() implements ServerMessage {
    @Override
    public <R, E extends Exception> R accept(ServerMessage.Visitor<R, E> visitor) throws E {
        return visitor.visit(this);
    }
}
