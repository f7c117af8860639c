package org.sksync.protocol.message;

/** The empty line that refuses a login; a close follows. */
public record Refusal() implements ServerMessage {
    @Override
    public <R> R accept(ServerMessage.Visitor<R> visitor) {
        return visitor.visit(this);
    }
}
