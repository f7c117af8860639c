package org.sksync.protocol.message;

/** The answer to a {@link Greeting}. */
public record Established() implements ServerMessage {
    @Override
    public <R> R accept(ServerMessage.Visitor<R> visitor) {
        return visitor.visit(this);
    }
}
