package org.sksync.transport.connection;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.sksync.protocol.codec.CodecLimits;
import org.sksync.protocol.codec.ServerCodec;
import org.sksync.protocol.message.ClientMessage;
import org.sksync.transport.transfer.PeerLink;
import org.sksync.transport.transfer.PeerSession;
import org.sksync.transport.watch.Pace;

/** A server of one connection on a loopback port, whose session writes down what happens to it. */
final class Loopback implements AutoCloseable {

    /** What is told without a message or a cause. */
    enum Told {
        OPENED,
        WRITABLE,
        INPUT_ENDED
    }

    private static final Pace PATIENT = new Pace(1024, Duration.ofSeconds(60));
    private static final String CODEC = "codec";
    private static final int PATIENCE_SECONDS = 10;

    private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final BlockingQueue<Object> told = new LinkedBlockingQueue<>();
    private final CompletableFuture<PeerLink> link = new CompletableFuture<>();
    private final Channel listener;

    private Loopback(Optional<SslContext> tls, Pace pace, BiConsumer<PeerLink, ClientMessage> onMessage) {
        listener = new ServerBootstrap()
                .group(loop)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        PeerWatchHandler watch = new PeerWatchHandler(pace);
                        channel.pipeline().addLast(PeerWatchHandler.NAME, watch);
                        tls.ifPresent(context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
                        channel.pipeline()
                                .addLast(CODEC, new ServerCodec(CodecLimits.DEFAULT))
                                .addLast(new SessionHandler<>(
                                        ClientMessage.class, CODEC, watch, peer -> new Session(peer, onMessage)));
                    }
                })
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .syncUninterruptibly()
                .channel();
    }

    /** Starts one whose session does with each message what the test says. */
    static Loopback plain(BiConsumer<PeerLink, ClientMessage> onMessage) {
        return new Loopback(Optional.empty(), PATIENT, onMessage);
    }

    /** Starts one whose peer has to read at a pace. */
    static Loopback plain(Pace pace, BiConsumer<PeerLink, ClientMessage> onMessage) {
        return new Loopback(Optional.empty(), pace, onMessage);
    }

    static Loopback tls(SslContext tls, Pace pace, BiConsumer<PeerLink, ClientMessage> onMessage) {
        return new Loopback(Optional.of(tls), pace, onMessage);
    }

    static Loopback tls(SslContext tls, BiConsumer<PeerLink, ClientMessage> onMessage) {
        return new Loopback(Optional.of(tls), PATIENT, onMessage);
    }

    int port() {
        return ((InetSocketAddress) listener.localAddress()).getPort();
    }

    /** Does something on the session's owner thread. */
    void onOwner(Consumer<PeerLink> action) throws Exception {
        PeerLink peer = link.get(PATIENCE_SECONDS, SECONDS);
        peer.owner().execute(() -> action.accept(peer));
    }

    /** Waits for the next thing that the session is told. */
    Object next() throws InterruptedException {
        Object next = told.poll(PATIENCE_SECONDS, SECONDS);
        assertThat(next).as("what the session is told next").isNotNull();
        return next;
    }

    /** Waits for what the session is told next, writability apart. */
    void expect(Object expected) throws InterruptedException {
        Object next = next();
        while (next == Told.WRITABLE) {
            next = next();
        }
        assertThat(next).isEqualTo(expected);
    }

    @Override
    public void close() {
        loop.shutdownGracefully(0, PATIENCE_SECONDS, SECONDS).syncUninterruptibly();
    }

    private final class Session implements PeerSession<ClientMessage> {

        private final PeerLink peer;
        private final BiConsumer<PeerLink, ClientMessage> onMessage;

        Session(PeerLink peer, BiConsumer<PeerLink, ClientMessage> onMessage) {
            this.peer = peer;
            this.onMessage = onMessage;
            link.complete(peer);
        }

        @Override
        public void opened() {
            told.add(Told.OPENED);
        }

        @Override
        public void received(ClientMessage message) {
            ReferenceCountUtil.release(message);
            onMessage.accept(peer, message);
            told.add(message);
        }

        @Override
        public void writable() {
            told.add(Told.WRITABLE);
        }

        @Override
        public void tooSlow(String how) {
            told.add(how);
        }

        @Override
        public void inputEnded() {
            told.add(Told.INPUT_ENDED);
        }

        @Override
        public void failed(Throwable cause) {
            told.add(cause);
        }
    }
}
