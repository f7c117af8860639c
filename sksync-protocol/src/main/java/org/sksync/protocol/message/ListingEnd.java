package org.sksync.protocol.message;

/** The end of the client's listing. */
public record ListingEnd() implements ClientMessage {
    @Override
    public <R> R accept(ClientMessage.Visitor<R> visitor) {
        return visitor.visit(this);
    }
}
