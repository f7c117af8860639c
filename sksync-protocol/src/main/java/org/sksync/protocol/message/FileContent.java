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
    public <R> R accept(ClientMessage.Visitor<R> visitor) {
        return visitor.visit(this);
    }

    @Override
    public <R> R accept(ServerMessage.Visitor<R> visitor) {
        return visitor.visit(this);
    }
}
