package org.sksync.protocol.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.DefaultByteBufHolder;

/** A piece of a file's content, of any size but empty. Whoever receives it releases it. */
public final class FileContent extends DefaultByteBufHolder implements ClientMessage, ServerMessage {

    /** Takes over the caller's reference to {@code content}. */
    public FileContent(ByteBuf content) {
        super(content);
    }

    @Override
    public FileContent replace(ByteBuf content) {
        return new FileContent(content);
    }

    @Override
    public <R, E extends Exception> R accept(ClientMessage.Visitor<R, E> visitor) throws E {
        return visitor.visit(this);
    }

    @Override
    public <R, E extends Exception> R accept(ServerMessage.Visitor<R, E> visitor) throws E {
        return visitor.visit(this);
    }
}
