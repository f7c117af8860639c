package org.sksync.protocol.message;

/**
 * The checksum that follows each file's content; sent on {@link ProtocolLevel#PYSKSYNC_2} alone. The wire knows one
 * value, {@code md5}.
 */
public record ChecksumChoice() implements ServerMessage {
    @Override
    public <R, E extends Exception> R accept(ServerMessage.Visitor<R, E> visitor) throws E {
        return visitor.visit(this);
    }
}
