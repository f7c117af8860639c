package org.sksync.server.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.sksync.protocol.codec.ServerCodec;
import org.sksync.protocol.message.ClientMessage;
import org.sksync.server.auth.ClientNetwork;
import org.sksync.server.config.ServerConfig;
import org.sksync.server.config.SessionLimits;
import org.sksync.server.transfer.ServerSession;
import org.sksync.server.transfer.SessionListener;
import org.sksync.server.transfer.SessionServices;
import org.sksync.server.transfer.SessionTerms;
import org.sksync.transport.connection.PeerWatchHandler;
import org.sksync.transport.connection.SessionHandler;
import org.sksync.transport.transfer.PeerLink;

/** Assembles the pipeline of each accepted connection: watch, TLS where it is on, codec, session. */
@ChannelHandler.Sharable
final class ServerPipeline extends ChannelInitializer<SocketChannel> {

    private static final String TLS = "tls";
    private static final String CODEC = "codec";

    private final SessionServices services;
    private final SessionListener listener;
    private final Consumer<ServerSession> onSession;
    private final ChannelGroup connections;
    private final Admissions<Channel> admissions;

    ServerPipeline(
            SessionServices services,
            SessionListener listener,
            Consumer<ServerSession> onSession,
            ChannelGroup connections,
            Admissions<Channel> admissions) {
        this.services = services;
        this.listener = listener;
        this.onSession = onSession;
        this.connections = connections;
        this.admissions = admissions;
    }

    @Override
    protected void initChannel(SocketChannel channel) {
        connections.add(channel);
        // One look: all of a connection goes by the same configuration, to its end.
        SessionTerms terms = services.inForce().get();
        ServerConfig config = terms.config();
        SessionLimits limits = config.limits();
        ChannelPipeline pipeline = channel.pipeline();
        PeerWatchHandler watch = new PeerWatchHandler(limits.timeouts().pace());
        pipeline.addLast(PeerWatchHandler.NAME, watch);
        config.tls().ifPresent(tls -> pipeline.addLast(TLS, tlsHandler(tls.context(), channel, limits)));
        pipeline.addLast(CODEC, new ServerCodec(limits.codec()));
        pipeline.addLast(
                SessionHandler.NAME,
                new SessionHandler<>(ClientMessage.class, CODEC, watch, link -> newSession(channel, terms, link)));
    }

    private ServerSession newSession(SocketChannel channel, SessionTerms terms, PeerLink link) {
        InetSocketAddress address = channel.remoteAddress();
        ServerSession session = new ServerSession(
                services,
                terms,
                link,
                PeerAddress.text(address),
                ClientNetwork.of(address == null ? InetAddress.getLoopbackAddress() : address.getAddress()),
                () -> admissions.admitted(channel),
                listener);
        onSession.accept(session);
        return session;
    }

    private static SslHandler tlsHandler(SslContext tls, SocketChannel channel, SessionLimits limits) {
        SslHandler handler = tls.newHandler(channel.alloc());
        handler.setHandshakeTimeoutMillis(limits.timeouts().tls().toMillis());
        return handler;
    }
}
