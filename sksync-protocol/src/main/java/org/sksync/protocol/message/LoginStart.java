package org.sksync.protocol.message;

/**
 * The opening of an SRP-6a login.
 *
 * @param userHex the user's name, UTF-8 in hex, as it came
 * @param publicKeyHex the client's public value A in hex, as it came
 */
public record LoginStart(String userHex, String publicKeyHex) implements ClientMessage {
    @Override
    public <R, E extends Exception> R accept(ClientMessage.Visitor<R, E> visitor) throws E {
        return visitor.visit(this);
    }
}
