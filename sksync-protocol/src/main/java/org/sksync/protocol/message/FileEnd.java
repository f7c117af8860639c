package org.sksync.protocol.message;

import java.util.Optional;

/**
 * The end of one file's content.
 *
 * @param md5Hex the content's MD5 in lower-case hex, on a level with a checksum; empty on the others
 */
public record FileEnd(Optional<String> md5Hex) implements ClientMessage, ServerMessage {
    @Override
    public <R, E extends Exception> R accept(ClientMessage.Visitor<R, E> visitor) throws E {
        return visitor.visit(this);
    }

    @Override
    public <R, E extends Exception> R accept(ServerMessage.Visitor<R, E> visitor) throws E {
        return visitor.visit(this);
    }
}
