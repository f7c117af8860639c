package org.sksync.transport.connection;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.nio.channels.ClosedChannelException;
import java.util.ArrayDeque;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sksync.transport.limit.TrafficLimit;

/**
 * Keeps a channel within a {@link TrafficLimit}; between the {@link PeerWatchHandler} and everything else, so that it
 * counts what travels, TLS included, and so that a peer is not blamed for what is held back here.
 *
 * <ul>
 *   <li>What is written goes in pieces, as the limit allows; while much of it waits the channel is not writable, so that
 *       a session reads no more from its disk.
 *   <li>What is read is counted, and the peer is not read from while too much of it has come. Then the socket's buffer
 *       has to be small: the peer's system would take what it gives for read, and a daemon would see nothing move for
 *       minutes.
 * </ul>
 */
public final class TrafficLimitHandler extends ChannelDuplexHandler {

    /** The bit by which this handler makes a channel unwritable. */
    private static final int WRITABILITY = 1;
    /** As much as waits for a socket before a channel is not writable, and until it is again. */
    private static final int HIGH_WATER_BYTES = 64 * 1024;

    private static final int LOW_WATER_BYTES = 32 * 1024;
    /** From this rate on the system chooses how much it buffers: it can't be too much then. */
    private static final long SYSTEM_BUFFERS_FROM = 1024 * 1024;

    private static final int SMALLEST_BUFFER = 8 * 1024;
    /** How much of what comes is buffered, in seconds. */
    private static final int BUFFERED_SECONDS = 2;

    private final TrafficLimit limit;
    private final PeerWatchHandler watch;
    private final Queue<Waiting> waiting = new ArrayDeque<>();
    private OptionalLong bufferedFor = OptionalLong.empty();
    private long waitingBytes;
    private @Nullable Future<?> sending;
    private @Nullable Future<?> reading;

    /** Creates a handler for one channel with that watch. */
    public TrafficLimitHandler(TrafficLimit limit, PeerWatchHandler watch) {
        this.limit = limit;
        this.watch = watch;
    }

    private record Waiting(Object message, ChannelPromise promise) {}

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        fitBuffer(ctx);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ctx) {
        giveUp();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        giveUp();
        ctx.fireChannelInactive();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (message instanceof ByteBuf bytes) {
            long now = nowNanos(ctx);
            limit.received().travelled(bytes.readableBytes(), now);
            fitBuffer(ctx);
            if (reading == null && limit.received().isExhausted(now)) {
                pause(ctx, now);
            }
        }
        ctx.fireChannelRead(message);
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (!ctx.channel().isActive()) {
            ctx.write(message, promise);
            return;
        }
        waiting.add(new Waiting(message, promise));
        if (message instanceof ByteBuf bytes) {
            waitingBytes += bytes.readableBytes();
        }
        fitWritability(ctx);
    }

    @Override
    public void flush(ChannelHandlerContext ctx) {
        if (sending == null) {
            send(ctx);
        }
    }

    private void pause(ChannelHandlerContext ctx, long now) {
        watch.pauseReading(PauseReason.LIMIT);
        reading = ctx.executor().schedule(() -> readOn(ctx), limit.received().waitNanos(now), TimeUnit.NANOSECONDS);
    }

    private void readOn(ChannelHandlerContext ctx) {
        reading = null;
        long now = nowNanos(ctx);
        long waitNanos = limit.received().waitNanos(now);
        if (waitNanos > 0) {
            // Others have drawn from the limit, or TLS has read on to the end of a record.
            reading = ctx.executor().schedule(() -> readOn(ctx), waitNanos, TimeUnit.NANOSECONDS);
            return;
        }
        watch.resumeReading(PauseReason.LIMIT);
    }

    /** Sends what may travel now, and comes back for the rest. */
    private void send(ChannelHandlerContext ctx) {
        sending = null;
        boolean more = true;
        while (more && !waiting.isEmpty()) {
            more = sendFirst(ctx);
        }
        ctx.flush();
        if (!waiting.isEmpty()) {
            long waitNanos = Math.max(1, limit.sent().waitNanos(nowNanos(ctx)));
            sending = ctx.executor().schedule(() -> send(ctx), waitNanos, TimeUnit.NANOSECONDS);
        }
        fitWritability(ctx);
    }

    /** Sends the first that waits, or as much of it as may travel; returns whether the next one may. */
    private boolean sendFirst(ChannelHandlerContext ctx) {
        Waiting first = waiting.element();
        if (!(first.message() instanceof ByteBuf bytes) || !bytes.isReadable()) {
            waiting.remove();
            ctx.write(first.message(), first.promise());
            return true;
        }
        int whole = bytes.readableBytes();
        int allowed = (int) limit.sent().take(whole, nowNanos(ctx));
        waitingBytes -= allowed;
        if (allowed == whole) {
            waiting.remove();
            ctx.write(bytes, first.promise());
            return true;
        }
        if (allowed > 0) {
            // Where a piece fails, so do the channel and with it the rest.
            ctx.write(bytes.readRetainedSlice(allowed));
        }
        return false;
    }

    private void fitWritability(ChannelHandlerContext ctx) {
        ChannelOutboundBuffer buffer = ctx.channel().unsafe().outboundBuffer();
        if (buffer == null) {
            return;
        }
        boolean writable = buffer.getUserDefinedWritability(WRITABILITY);
        if (writable && waitingBytes > HIGH_WATER_BYTES) {
            buffer.setUserDefinedWritability(WRITABILITY, false);
        } else if (!writable && waitingBytes <= LOW_WATER_BYTES) {
            buffer.setUserDefinedWritability(WRITABILITY, true);
        }
    }

    private void fitBuffer(ChannelHandlerContext ctx) {
        OptionalLong rate = limit.received().rate(nowNanos(ctx));
        if (rate.equals(bufferedFor)) {
            return;
        }
        bufferedFor = rate;
        if (rate.isPresent() && rate.getAsLong() < SYSTEM_BUFFERS_FROM) {
            int bytes = (int) Math.max(SMALLEST_BUFFER, BUFFERED_SECONDS * rate.getAsLong());
            ctx.channel().config().setOption(ChannelOption.SO_RCVBUF, bytes);
        }
    }

    private void giveUp() {
        if (sending != null) {
            sending.cancel(false);
            sending = null;
        }
        if (reading != null) {
            reading.cancel(false);
            reading = null;
        }
        while (!waiting.isEmpty()) {
            Waiting unsent = waiting.remove();
            ReferenceCountUtil.release(unsent.message());
            unsent.promise().tryFailure(new ClosedChannelException());
        }
        waitingBytes = 0;
    }

    private static long nowNanos(ChannelHandlerContext ctx) {
        return ctx.executor().ticker().nanoTime();
    }
}
