package org.sksync.protocol.message;

/** The answer to a {@link Greeting}. */
public record Established() implements ServerMessage {
    @Override
    public <R, E extends Exception> R accept(ServerMessage.Visitor<R, E> visitor) throws E {
        return visitor.visit(this);
    }
}
