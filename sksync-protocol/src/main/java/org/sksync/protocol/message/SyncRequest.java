package org.sksync.protocol.message;

/**
 * What the client asks to be synced: four lines of the wire.
 *
 * @param type which way files travel
 * @param recursion how deep
 * @param serverPath the server's directory, as the client names it; checked by the server alone
 * @param clientPath the client's directory, for the server's log only; never opened
 */
public record SyncRequest(SyncType type, Recursion recursion, String serverPath, String clientPath)
        implements ClientMessage {
    @Override
    public <R, E extends Exception> R accept(ClientMessage.Visitor<R, E> visitor) throws E {
        return visitor.visit(this);
    }
}
