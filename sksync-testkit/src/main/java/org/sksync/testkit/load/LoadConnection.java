package org.sksync.testkit.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One connection of a {@link LoadClient} and its times. What it says and hears is its event loop's alone. */
public final class LoadConnection extends SimpleChannelInboundHandler<ByteBuf> {
    private final long begunNanos = System.nanoTime();
    private final Deque<Script.Step> steps;
    private final CompletableFuture<Long> settledNanos = new CompletableFuture<>();
    private final CompletableFuture<Long> closedNanos = new CompletableFuture<>();
    private @Nullable Channel channel;
    private long linesHeard;
    private long linesAwaited;

    LoadConnection(Script script, Runnable onSettled) {
        this.steps = new ArrayDeque<>(script.steps());
        settledNanos.whenComplete((nanos, cause) -> onSettled.run());
    }

    /** Tells whether it has come to its last step, whatever became of it afterwards. */
    public boolean hasSettled() {
        return settledNanos.isDone() && !settledNanos.isCompletedExceptionally();
    }

    /** Tells whether it has come to its last step and is still there. */
    public boolean isHeld() {
        return hasSettled() && !closedNanos.isDone();
    }

    /** Tells whether it is over, or has never been. */
    public boolean isClosed() {
        return closedNanos.isDone();
    }

    /** Returns how long it was there from the begin of its last step on; empty if it did not get there or is there. */
    public Optional<Duration> heldFor() {
        return hasSettled() && closedNanos.isDone()
                ? Optional.of(Duration.ofNanos(closedNanos.join() - settledNanos.join()))
                : Optional.empty();
    }

    /** Returns how long it took to its last step; empty if it did not get there. */
    public Optional<Duration> onTheWay() {
        return hasSettled() ? Optional.of(Duration.ofNanos(settledNanos.join() - begunNanos)) : Optional.empty();
    }

    /** Begins its script: the connection, with TLS where there is TLS, is there. */
    void begin(Channel opened) {
        channel = opened;
        next();
    }

    /** Ends it where it was never there. */
    void failed() {
        settledNanos.completeExceptionally(new IllegalStateException("not connected"));
        closedNanos.complete(System.nanoTime());
    }

    void next() {
        Script.Step step = steps.poll();
        if (steps.isEmpty()) {
            settledNanos.complete(System.nanoTime());
        }
        if (step != null) {
            step.begin(this);
        }
    }

    void say(byte[] bytes) {
        open().writeAndFlush(Unpooled.wrappedBuffer(bytes));
        next();
    }

    void awaitLines(int count) {
        linesAwaited = linesHeard + count;
    }

    void stopReading() {
        open().config().setAutoRead(false);
        next();
    }

    void trickle(byte[] bytes, Duration interval) {
        trickle(bytes, 0, interval);
    }

    private void trickle(byte[] bytes, int at, Duration interval) {
        if (open().isActive()) {
            open().writeAndFlush(Unpooled.wrappedBuffer(bytes, at, 1));
            open().eventLoop()
                    .schedule(
                            () -> trickle(bytes, (at + 1) % bytes.length, interval),
                            interval.toNanos(),
                            TimeUnit.NANOSECONDS);
        }
    }

    private Channel open() {
        if (channel == null) {
            throw new IllegalStateException("not connected");
        }
        return channel;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf heard) {
        for (int at = heard.bytesBefore((byte) '\n'); at >= 0; at = heard.bytesBefore((byte) '\n')) {
            heard.skipBytes(at + 1);
            linesHeard++;
        }
        if (linesAwaited > 0 && linesHeard >= linesAwaited) {
            linesAwaited = 0;
            next();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        settledNanos.completeExceptionally(new IllegalStateException("closed early"));
        closedNanos.complete(System.nanoTime());
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        // A reset, or TLS cut short: the server's right.
        context.close();
    }
}
