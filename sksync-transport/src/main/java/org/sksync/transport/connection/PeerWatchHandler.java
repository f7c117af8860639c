package org.sksync.transport.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.Future;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sksync.transport.watch.Awaited;
import org.sksync.transport.watch.Pace;
import org.sksync.transport.watch.PeerWatch;

/**
 * Feeds a {@link PeerWatch} with what passes the socket, and tells the session once when the peer is too slow. The first
 * handler of a pipeline, so that it counts what travels, TLS included.
 *
 * <p>What has gone to the socket is counted here: Netty's own idle watch takes a large write for silence until it is
 * through, and each small one for a sign of life.
 */
public final class PeerWatchHandler extends ChannelDuplexHandler {

    /** The handler's name in a pipeline. */
    public static final String NAME = "watch";

    private final Pace sending;
    private final Set<PauseReason> pauses = EnumSet.noneOf(PauseReason.class);
    private @Nullable ChannelHandlerContext context;
    private @Nullable PeerWatch watch;
    private @Nullable Future<?> look;
    private long lookAtNanos;
    private long writtenBytes;
    private long unflushedBytes;
    private boolean told;

    /** Creates a handler for one channel, whose peer has to take what is sent at {@code sending}. */
    public PeerWatchHandler(Pace sending) {
        this.sending = sending;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        context = ctx;
        watch = new PeerWatch(sending, nowNanos(ctx));
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        lookNoMore();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        told = true;
        lookNoMore();
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            watch().received(bytes.readableBytes(), nowNanos(ctx));
            scheduleLook();
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (message instanceof ByteBuf bytes) {
            writtenBytes += bytes.readableBytes();
            unflushedBytes += bytes.readableBytes();
        }
        ctx.write(message, promise);
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        unflushedBytes = 0;
        ctx.flush();
        lookAtWhatWasSent();
        scheduleLook();
    }

    /** Begins to wait, in place of what was awaited before; on the channel's thread. */
    void await(Awaited awaited) {
        watch().await(awaited, nowNanos(context()));
        scheduleLook();
    }

    /** Reads no more from the peer until there is no reason left for that; on the channel's thread. */
    void pauseReading(PauseReason reason) {
        pauses.add(reason);
        context().channel().config().setAutoRead(false);
        watch().paused(nowNanos(context()));
    }

    /** Takes a reason away; on the channel's thread. */
    void resumeReading(PauseReason reason) {
        pauses.remove(reason);
        if (pauses.isEmpty()) {
            watch().resumed(nowNanos(context()));
            scheduleLook();
            context().channel().config().setAutoRead(true);
        }
    }

    private void look() {
        look = null;
        lookAtWhatWasSent();
        Optional<String> how = watch().tooSlow(nowNanos(context()));
        if (how.isPresent() && !told) {
            told = true;
            context().fireUserEventTriggered(new PeerTooSlow(how.get()));
        } else {
            scheduleLook();
        }
    }

    private void lookAtWhatWasSent() {
        ChannelOutboundBuffer waiting = context().channel().unsafe().outboundBuffer();
        if (waiting != null) {
            long waitingBytes = bytesOf(waiting);
            watch().sent(writtenBytes - unflushedBytes - waitingBytes, waitingBytes > 0, nowNanos(context()));
        }
    }

    private static long bytesOf(ChannelOutboundBuffer waiting) {
        if (waiting.isEmpty()) {
            return 0;
        }
        Waiting sum = new Waiting();
        try {
            waiting.forEachFlushedMessage(sum);
        } catch (Exception e) {
            throw new IllegalStateException("adding up does not fail", e);
        }
        return sum.bytes;
    }

    private void scheduleLook() {
        Channel channel = context().channel();
        long nowNanos = nowNanos(context());
        long inNanos = watch().nextLookNanos(nowNanos);
        if (told || inNanos == Long.MAX_VALUE) {
            return;
        }
        if (look != null) {
            if (lookAtNanos <= nowNanos + inNanos) {
                // It comes early enough, and will schedule the next one.
                return;
            }
            look.cancel(false);
        }
        lookAtNanos = nowNanos + inNanos;
        look = channel.eventLoop().schedule(this::look, inNanos, TimeUnit.NANOSECONDS);
    }

    private void lookNoMore() {
        if (look != null) {
            look.cancel(false);
            look = null;
        }
    }

    private static long nowNanos(ChannelHandlerContext ctx) {
        return ctx.executor().ticker().nanoTime();
    }

    private ChannelHandlerContext context() {
        if (context == null) {
            throw new IllegalStateException("used before it was added to a pipeline");
        }
        return context;
    }

    private PeerWatch watch() {
        if (watch == null) {
            throw new IllegalStateException("used before it was added to a pipeline");
        }
        return watch;
    }

    /** Adds up what waits for the peer; of a message that has gone in part, the rest. */
    private static final class Waiting implements ChannelOutboundBuffer.MessageProcessor {

        private long bytes;

        @Override
        public boolean processMessage(Object message) {
            if (message instanceof ByteBuf content) {
                bytes += content.readableBytes();
            }
            return true;
        }
    }
}
