package org.sksync.protocol.message;

/** The end of the client's listing. */
public record ListingEnd() implements ClientMessage {
    @Override
    public <R, E extends Exception> R accept(ClientMessage.Visitor<R, E> visitor) throws E {
        return visitor.visit(this);
    }
}
