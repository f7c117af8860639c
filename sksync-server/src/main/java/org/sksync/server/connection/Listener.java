package org.sksync.server.connection;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.sksync.server.transfer.ServerSession;
import org.sksync.server.transfer.SessionListener;
import org.sksync.server.transfer.SessionServices;
import org.sksync.transport.transfer.BufferSize;

/** The listening socket and the threads that serve it. */
public final class Listener {

    private static final int BACKLOG = 1024;
    private static final int SHUTDOWN_SECONDS = 5;

    private final EventLoopGroup acceptor;
    private final EventLoopGroup workers;
    private final Channel channel;
    private final ChannelGroup connections;

    private Listener(EventLoopGroup acceptor, EventLoopGroup workers, Channel channel, ChannelGroup connections) {
        this.acceptor = acceptor;
        this.workers = workers;
        this.channel = channel;
        this.connections = connections;
    }

    /**
     * Begins to listen.
     *
     * @param connectionListener told of connections that do not become sessions
     * @param onSession told of each new session, on its owner thread
     * @throws IOException if the address can't be listened on
     */
    public static Listener open(
            SessionServices services,
            SessionListener sessionListener,
            ConnectionListener connectionListener,
            Consumer<ServerSession> onSession)
            throws IOException {
        EventLoopGroup acceptor = new MultiThreadIoEventLoopGroup(
                1, new DefaultThreadFactory("sksync-accept", true), NioIoHandler.newFactory());
        EventLoopGroup workers = new MultiThreadIoEventLoopGroup(
                0, new DefaultThreadFactory("sksync-network", true), NioIoHandler.newFactory());
        ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
        Admissions<Channel> admissions =
                new Admissions<>(() -> services.inForce().get().config().daemonLimits());
        InetSocketAddress address = services.inForce().get().config().address();
        ChannelFuture bound = new ServerBootstrap()
                .group(acceptor, workers)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childOption(
                        ChannelOption.RECVBUF_ALLOCATOR,
                        new AdaptiveRecvByteBufAllocator(64, 4096, BufferSize.MAX_READ_BYTES))
                .handler(new ConnectionGate(admissions, connectionListener))
                .childHandler(new ServerPipeline(services, sessionListener, onSession, connections, admissions))
                .bind(address)
                .awaitUninterruptibly();
        if (!bound.isSuccess()) {
            shutDown(acceptor);
            shutDown(workers);
            throw new IOException(
                    "can't listen on " + address.getHostString() + ":" + address.getPort() + ": "
                            + bound.cause().getMessage(),
                    bound.cause());
        }
        return new Listener(acceptor, workers, bound.channel(), connections);
    }

    /** Returns the address that is listened on, with the port that was picked. */
    public InetSocketAddress address() {
        return (InetSocketAddress) channel.localAddress();
    }

    /** Accepts no more connections; those that are open go on. */
    public void stopAccepting() {
        channel.close().awaitUninterruptibly(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    }

    /**
     * Ends the threads, and with them what connections are left.
     *
     * @param patience how long connections that are closing may take to hand over the rest
     */
    public void close(Duration patience) {
        connections.newCloseFuture().awaitUninterruptibly(patience.toMillis());
        shutDown(acceptor);
        shutDown(workers);
    }

    private static void shutDown(EventLoopGroup group) {
        group.shutdownGracefully(0, SHUTDOWN_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(SHUTDOWN_SECONDS, TimeUnit.SECONDS);
    }
}
