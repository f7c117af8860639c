package org.sksync.protocol.message;

/**
 * The line that picks the protocol level.
 *
 * @param level the level
 */
public record Greeting(ProtocolLevel level) implements ClientMessage {
    @Override
    public <R> R accept(ClientMessage.Visitor<R> visitor) {
        return visitor.visit(this);
    }
}
