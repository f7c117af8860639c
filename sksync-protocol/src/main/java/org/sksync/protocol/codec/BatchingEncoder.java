package org.sksync.protocol.codec;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.EncoderException;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.sksync.protocol.message.FileContent;

/**
 * Turns messages into bytes. Lines and short contents are collected and handed on together, at the latest with the next
 * flush: of many small files, each buffer of its own costs more than what is in it. Longer content passes without a copy.
 *
 * <p>A message that was collected counts as written; where handing it on fails, the channel is closed.
 *
 * @param <M> the type of message
 */
final class BatchingEncoder<M> extends ChannelOutboundHandlerAdapter {

    /** Writes messages as lines. */
    @FunctionalInterface
    interface Lines<M> {
        /** Writes a message's lines; for content does nothing. */
        void encode(M message, ByteBuf out);
    }

    /** A listing or the lines of many small files; small enough that a peer's slowness still shows at once. */
    private static final int BATCH_BYTES = 16 * 1024;
    /** Content up to this is copied. */
    private static final int SHORT_BYTES = 2 * 1024;
    /** Often a single line: each would keep a large buffer for a peer that does not read. */
    private static final int FIRST_BYTES = 256;
    /** What is left of a batch must hold one more message of most kinds, else it would be moved to a larger buffer. */
    private static final int ROOM_BYTES = SHORT_BYTES + 512;

    private final Class<M> type;
    private final Lines<M> lines;
    private @Nullable ByteBuf batch;

    BatchingEncoder(Class<M> type, Lines<M> lines) {
        this.type = type;
        this.lines = lines;
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof FileContent content && content.content().readableBytes() > SHORT_BYTES) {
            handOn(ctx);
            ctx.write(content.content(), promise);
        } else if (type.isInstance(message)) {
            collect(ctx, type.cast(message), promise);
        } else {
            handOn(ctx);
            ctx.write(message, promise);
        }
    }

    private void collect(ChannelHandlerContext ctx, M message, ChannelPromise promise) {
        ByteBuf out = null;
        int before = 0;
        try {
            out = batch(ctx.alloc());
            before = out.writerIndex();
            if (message instanceof FileContent content) {
                out.writeBytes(content.content());
            } else {
                lines.encode(message, out);
            }
        } catch (RuntimeException e) {
            if (out != null) {
                // Half a line would be taken for a whole one.
                out.writerIndex(before);
            }
            promise.tryFailure(e instanceof EncoderException ? e : new EncoderException(e));
            return;
        } finally {
            ReferenceCountUtil.release(message);
        }
        promise.trySuccess();
        if (out.readableBytes() > BATCH_BYTES - ROOM_BYTES) {
            handOn(ctx);
        }
    }

    private ByteBuf batch(ByteBufAllocator alloc) {
        ByteBuf current = batch;
        if (current == null) {
            current = alloc.ioBuffer(FIRST_BYTES);
            batch = current;
        }
        return current;
    }

    private void handOn(ChannelHandlerContext ctx) {
        ByteBuf full = batch;
        batch = null;
        if (full == null) {
            return;
        }
        if (full.isReadable()) {
            ctx.write(full).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        } else {
            full.release();
        }
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        handOn(ctx);
        ctx.flush();
    }

    @Override
    public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
        drop();
        ctx.close(promise);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        drop();
    }

    private void drop() {
        ByteBuf unsent = batch;
        batch = null;
        if (unsent != null) {
            unsent.release();
        }
    }
}
