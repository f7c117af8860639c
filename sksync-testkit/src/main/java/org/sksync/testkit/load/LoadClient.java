package org.sksync.testkit.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Thousands of connections to a server on this machine, driven by two threads. They can come from many of the loopback
 * addresses (127.0.0.0/8), which are all this machine's. For one thread.
 */
public final class LoadClient implements AutoCloseable {
    private static final int RECEIVE_BYTES = 4 * 1024;
    private static final int CONNECT_MILLIS = 10_000;
    private static final int POLL_MILLIS = 50;

    private final EventLoopGroup threads =
            new MultiThreadIoEventLoopGroup(2, new DefaultThreadFactory("load", true), NioIoHandler.newFactory());
    private final ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    private final int port;
    private final Optional<SslContext> tls;
    private final int addresses;
    private final List<LoadConnection> all = new ArrayList<>();

    private LoadClient(int port, Optional<SslContext> tls, int addresses) {
        this.port = port;
        this.tls = tls;
        this.addresses = addresses;
    }

    /** Prepares connections to a port of 127.0.0.1, in the clear, from 127.0.0.2 alone. */
    public static LoadClient of(int port) {
        return new LoadClient(port, Optional.empty(), 1);
    }

    /** Lets them speak TLS. */
    public LoadClient tls(SslContext context) {
        return new LoadClient(port, Optional.of(context), addresses);
    }

    /** Lets them come from so many addresses in turn, 127.0.0.2 the first. */
    public LoadClient from(int newAddresses) {
        return new LoadClient(port, tls, newAddresses);
    }

    /**
     * Makes connections and waits until each has come to the last step of its script, or has been refused.
     *
     * @param atOnce how many may be on their way there at a time
     * @param limit how long one may be on its way; then the next one begins all the same
     * @return the new ones
     */
    public List<LoadConnection> open(int count, Script script, int atOnce, Duration limit) throws InterruptedException {
        Semaphore permits = new Semaphore(atOnce);
        List<LoadConnection> opened = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            permits.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS);
            LoadConnection connection = new LoadConnection(script, permits::release);
            opened.add(connection);
            connect(connection, all.size() % addresses);
            all.add(connection);
        }
        for (int i = 0; i < atOnce; i++) {
            permits.tryAcquire(limit.toMillis(), TimeUnit.MILLISECONDS);
        }
        return List.copyOf(opened);
    }

    private void connect(LoadConnection connection, int address) {
        new Bootstrap()
                .group(threads)
                .channel(NioSocketChannel.class)
                .option(ChannelOption.SO_RCVBUF, RECEIVE_BYTES)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        tls.ifPresent(context ->
                                channel.pipeline().addLast(context.newHandler(channel.alloc(), "127.0.0.1", port)));
                        channel.pipeline().addLast(connection);
                        open.add(channel);
                    }
                })
                .connect(loopback(1, port), loopback(2 + address, 0))
                .addListener((ChannelFuture connected) -> begin(connection, connected));
    }

    private static InetSocketAddress loopback(int last, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last}), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }

    private static void begin(LoadConnection connection, ChannelFuture connected) {
        if (!connected.isSuccess()) {
            connection.failed();
            return;
        }
        SslHandler handler = connected.channel().pipeline().get(SslHandler.class);
        if (handler == null) {
            connection.begin(connected.channel());
        } else {
            handler.handshakeFuture().addListener(shaken -> {
                if (shaken.isSuccess()) {
                    connection.begin(connected.channel());
                }
            });
        }
    }

    /** Returns how many connections are held at their last step. */
    public int held() {
        return (int) all.stream().filter(LoadConnection::isHeld).count();
    }

    /** Waits until all connections are closed, or the time is over. */
    public void awaitClosed(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end && !all.stream().allMatch(LoadConnection::isClosed)) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
    }

    /** Ends all connections and the threads. */
    @Override
    public void close() {
        open.close().awaitUninterruptibly();
        threads.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
