package org.sksync.protocol.message;

/**
 * The server's answer to a {@link LoginStart}.
 *
 * @param saltHex the user's salt in hex
 * @param publicKeyHex the server's public value B in hex
 */
public record LoginChallenge(String saltHex, String publicKeyHex) implements ServerMessage {
    @Override
    public <R, E extends Exception> R accept(ServerMessage.Visitor<R, E> visitor) throws E {
        return visitor.visit(this);
    }
}
