package org.sksync.transport.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;

/** Throws away what a peer still sends on a connection that is closing, up to a bound. */
final class DrainHandler extends ChannelInboundHandlerAdapter {

    private static final int MAX_BYTES = 64 * 1024;

    private int drainedBytes;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            drainedBytes += bytes.readableBytes();
        }
        ReferenceCountUtil.release(message);
        if (drainedBytes > MAX_BYTES) {
            // Closing over unread bytes would reset the connection; it is closed when its time is up.
            ctx.channel().config().setAutoRead(false);
        }
    }
}
