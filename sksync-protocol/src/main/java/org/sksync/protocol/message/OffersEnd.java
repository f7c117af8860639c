package org.sksync.protocol.message;

/** The server has no more files; either side closes. */
public record OffersEnd() implements ServerMessage {
    @Override
    public <R> R accept(ServerMessage.Visitor<R> visitor) {
        return visitor.visit(this);
    }
}
