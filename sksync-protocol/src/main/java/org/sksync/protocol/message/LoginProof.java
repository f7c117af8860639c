package org.sksync.protocol.message;

/**
 * The client's proof of an SRP-6a login.
 *
 * @param proofHex M in hex, as it came
 */
public record LoginProof(String proofHex) implements ClientMessage {
    @Override
    public <R, E extends Exception> R accept(ClientMessage.Visitor<R, E> visitor) throws E {
        return visitor.visit(this);
    }
}
