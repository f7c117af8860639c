package org.sksync.protocol.message;

/** The server has no more files; either side closes. */
public record OffersEnd() implements ServerMessage {
    @Override
    public <R, E extends Exception> R accept(ServerMessage.Visitor<R, E> visitor) throws E {
        return visitor.visit(this);
    }
}
