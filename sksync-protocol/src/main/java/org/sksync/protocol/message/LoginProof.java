package org.sksync.protocol.message;

/**
 * The client's proof of an SRP-6a login.
 *
 * @param proofHex M in hex, as it came
 */
public record LoginProof(String proofHex) implements ClientMessage {
    @Override
    public <R> R accept(ClientMessage.Visitor<R> visitor) {
        return visitor.visit(this);
    }
}
