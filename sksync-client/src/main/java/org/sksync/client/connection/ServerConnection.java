package org.sksync.client.connection;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.sksync.client.config.SyncProfile;
import org.sksync.protocol.codec.ClientCodec;
import org.sksync.protocol.codec.CodecLimits;
import org.sksync.protocol.codec.Opening;
import org.sksync.protocol.message.ServerMessage;
import org.sksync.transport.connection.PeerWatchHandler;
import org.sksync.transport.connection.SessionHandler;
import org.sksync.transport.connection.TrafficLimitHandler;
import org.sksync.transport.tls.TlsContexts;
import org.sksync.transport.transfer.BufferSize;
import org.sksync.transport.transfer.FailureText;
import org.sksync.transport.transfer.PeerLink;
import org.sksync.transport.transfer.PeerSession;
import org.sksync.transport.watch.Pace;

/** The thread and the sockets of a client. */
public final class ServerConnection implements AutoCloseable {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);

    private static final String LIMIT = "limit";
    private static final String TLS = "tls";
    private static final String CODEC = "codec";

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("sksync-network", true), NioIoHandler.newFactory());
    private final Pace pace;

    /** Begins without a connection; its servers have to take what they are sent at {@code pace}. */
    public ServerConnection(Pace pace) {
        this.pace = pace;
    }

    /**
     * Connects and begins a session.
     *
     * @param <S> the kind of session
     * @param sessions makes the session for the connection's link
     * @throws IOException if there is no connection to be had
     * @throws InterruptedException if the thread was interrupted while it waited for the connection
     */
    public <S extends PeerSession<ServerMessage>> S open(SyncProfile profile, Function<PeerLink, S> sessions)
            throws IOException, InterruptedException {
        AtomicReference<S> session = new AtomicReference<>();
        ChannelFuture connect = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(64, 4096, BufferSize.MAX_READ_BYTES))
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) CONNECT_TIMEOUT.toMillis())
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        assemble(channel, profile, link -> {
                            S made = sessions.apply(link);
                            session.set(made);
                            return made;
                        });
                    }
                })
                .connect(profile.host(), profile.port());
        try {
            connect.await();
        } catch (InterruptedException e) {
            connect.channel().close();
            throw e;
        }
        S made = session.get();
        if (!connect.isSuccess() || made == null) {
            Throwable cause = connect.cause();
            throw new IOException(cause == null ? "not connected" : why(cause), cause);
        }
        return made;
    }

    /** Returns why there is no connection; Netty adds the address to the system's words, in a form that is Java's own. */
    private static String why(Throwable cause) {
        if (cause instanceof ConnectTimeoutException) {
            return "no answer within " + CONNECT_TIMEOUT.toSeconds() + " s";
        }
        return FailureText.of(cause.getCause() instanceof IOException bare ? bare : cause);
    }

    /** Ends the thread, and with it what connections are left. */
    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }

    private void assemble(
            Channel channel, SyncProfile profile, Function<PeerLink, ? extends PeerSession<ServerMessage>> sessions) {
        ChannelPipeline pipeline = channel.pipeline();
        PeerWatchHandler watch = new PeerWatchHandler(pace);
        pipeline.addLast(PeerWatchHandler.NAME, watch);
        profile.limit().ifPresent(limit -> pipeline.addLast(LIMIT, new TrafficLimitHandler(limit, watch)));
        profile.tls().ifPresent(tls -> {
            SslHandler handler = TlsContexts.clientHandler(tls, channel.alloc(), profile.host(), profile.port());
            handler.setHandshakeTimeoutMillis(HANDSHAKE_TIMEOUT.toMillis());
            pipeline.addLast(TLS, handler);
        });
        Opening opening = profile.credentials().isPresent() ? Opening.LOGIN : Opening.GREETING;
        pipeline.addLast(CODEC, new ClientCodec(profile.level(), opening, CodecLimits.DEFAULT));
        pipeline.addLast(SessionHandler.NAME, new SessionHandler<>(ServerMessage.class, CODEC, watch, sessions));
    }
}
