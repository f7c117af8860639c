package org.sksync.protocol.message;

/**
 * The line that picks the protocol level.
 *
 * @param level the level
 */
public record Greeting(ProtocolLevel level) implements ClientMessage {
    @Override
    public <R, E extends Exception> R accept(ClientMessage.Visitor<R, E> visitor) throws E {
        return visitor.visit(this);
    }
}
