package org.sksync.transport.connection;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;
import org.sksync.transport.transfer.PeerLink;
import org.sksync.transport.watch.Awaited;

/** A {@link PeerLink} over a channel. */
final class ChannelLink implements PeerLink {

    private static final Duration DRAIN_TIME = Duration.ofSeconds(1);

    private final Channel channel;
    private final String drainBefore;
    private final PeerWatchHandler watch;
    private boolean closing;

    /** Creates a link that drains a closing connection before its bytes reach the handler named {@code drainBefore}. */
    ChannelLink(Channel channel, String drainBefore, PeerWatchHandler watch) {
        this.channel = channel;
        this.drainBefore = drainBefore;
        this.watch = watch;
    }

    @Override
    public void send(Object message) {
        // A write that fails closes the channel, which the session hears of.
        channel.write(message).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
    }

    @Override
    public void flush() {
        channel.flush();
    }

    @Override
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public void pauseReading() {
        watch.pauseReading(PauseReason.SESSION);
    }

    @Override
    public void resumeReading() {
        watch.resumeReading(PauseReason.SESSION);
    }

    @Override
    public void await(Awaited awaited) {
        if (!closing) {
            watch.await(awaited);
        }
    }

    @Override
    public void closeGracefully() {
        if (closing) {
            return;
        }
        closing = true;
        watch.await(Awaited.nothing());
        if (!channel.isActive()) {
            closeNow();
            return;
        }
        // Closing with unread bytes in the socket resets the connection and can take the last answer with it.
        channel.pipeline().addBefore(drainBefore, null, new DrainHandler());
        channel.config().setAutoRead(true);
        channel.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(sent -> {
            if (channel.isActive()) {
                shutdownOutput();
                schedule(this::closeNow, DRAIN_TIME);
            }
        });
    }

    /** Takes note that the peer is too slow; gives up on what a closing connection has still to send. */
    void tooSlow() {
        if (closing) {
            closeNow();
        }
    }

    @Override
    public void closeNow() {
        channel.close();
    }

    @Override
    public Runnable schedule(Runnable task, Duration delay) {
        Future<?> scheduled = channel.eventLoop().schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public Executor owner() {
        return channel.eventLoop();
    }

    @Override
    public Optional<SSLSession> tlsSession() {
        return Optional.ofNullable(channel.pipeline().get(SslHandler.class))
                .map(tls -> tls.engine().getSession());
    }

    @Override
    public ByteBufAllocator allocator() {
        return channel.alloc();
    }

    private void shutdownOutput() {
        SslHandler tls = channel.pipeline().get(SslHandler.class);
        if (tls != null) {
            tls.closeOutbound().addListener(closed -> shutdownSocketOutput());
        } else {
            shutdownSocketOutput();
        }
    }

    private void shutdownSocketOutput() {
        if (channel instanceof DuplexChannel duplex && channel.isActive()) {
            duplex.shutdownOutput();
        }
    }
}
