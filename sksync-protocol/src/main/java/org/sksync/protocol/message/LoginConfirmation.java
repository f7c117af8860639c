package org.sksync.protocol.message;

/**
 * The server's own proof, sent only for a right {@link LoginProof}.
 *
 * @param proofHex HAMK in hex
 */
public record LoginConfirmation(String proofHex) implements ServerMessage {
    @Override
    public <R, E extends Exception> R accept(ServerMessage.Visitor<R, E> visitor) throws E {
        return visitor.visit(this);
    }
}
