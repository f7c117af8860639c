package org.sksync.server.connection;

import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.timeout.IdleStateHandler;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.sksync.protocol.codec.ServerCodec;
import org.sksync.protocol.message.ClientMessage;
import org.sksync.server.config.ServerConfig;
import org.sksync.server.config.SessionLimits;
import org.sksync.server.transfer.ServerSession;
import org.sksync.server.transfer.SessionListener;
import org.sksync.server.transfer.SessionServices;
import org.sksync.transport.connection.SessionHandler;
import org.sksync.transport.transfer.PeerLink;

/** Assembles the pipeline of each accepted connection: TLS where it is on, codec, idle watch, session. */
@ChannelHandler.Sharable
final class ServerPipeline extends ChannelInitializer<SocketChannel> {

    private static final String TLS = "tls";
    private static final String CODEC = "codec";
    private static final String IDLE = "idle";

    private final SessionServices services;
    private final SessionListener listener;
    private final Consumer<ServerSession> onSession;
    private final ChannelGroup connections;

    ServerPipeline(
            SessionServices services,
            SessionListener listener,
            Consumer<ServerSession> onSession,
            ChannelGroup connections) {
        this.services = services;
        this.listener = listener;
        this.onSession = onSession;
        this.connections = connections;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        connections.add(channel);
        ServerConfig config = services.config();
        SessionLimits limits = config.limits();
        ChannelPipeline pipeline = channel.pipeline();
        config.tls().ifPresent(tls -> pipeline.addLast(TLS, tlsHandler(tls, channel, limits)));
        pipeline.addLast(CODEC, new ServerCodec(limits.codec()));
        pipeline.addLast(
                IDLE, new IdleStateHandler(true, 0, 0, limits.idleTimeout().toMillis(), TimeUnit.MILLISECONDS));
        pipeline.addLast(
                SessionHandler.NAME,
                new SessionHandler<>(ClientMessage.class, CODEC, link -> newSession(channel, link)));
    }

    private ServerSession newSession(SocketChannel channel, PeerLink link) {
        ServerSession session = new ServerSession(services, link, addressOf(channel), listener);
        onSession.accept(session);
        return session;
    }

    private static SslHandler tlsHandler(SslContext tls, SocketChannel channel, SessionLimits limits) {
        SslHandler handler = tls.newHandler(channel.alloc());
        handler.setHandshakeTimeoutMillis(limits.tlsTimeout().toMillis());
        return handler;
    }

    private static String addressOf(SocketChannel channel) {
        InetSocketAddress address = channel.remoteAddress();
        return address == null ? "unknown" : address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
