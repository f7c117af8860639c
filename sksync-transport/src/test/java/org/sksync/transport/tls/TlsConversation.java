package org.sksync.transport.tls;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOutboundInvoker;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSession;

/**
 * One question and one answer between a client and a server on loopback. Each end may speak TLS or not; what each met
 * is an {@link End}.
 */
final class TlsConversation {

    private static final String QUESTION = "question";
    private static final String ANSWER = "answered";

    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

    /** What one end met: a text and its TLS session, or a failure. */
    record End(Optional<String> text, Optional<Throwable> failure, Optional<SSLSession> session) {

        String said() {
            return text.orElseThrow(() -> new AssertionError("nothing received", failure.orElse(null)));
        }

        String described() {
            return failure.flatMap(TlsFailure::describe)
                    .orElseThrow(() -> new AssertionError("no failure of TLS", failure.orElse(null)));
        }
    }

    /** What both ends met. */
    record Outcome(End client, End server) {

        boolean succeeded() {
            return client.text().equals(Optional.of(ANSWER)) && server.text().equals(Optional.of(QUESTION));
        }
    }

    Outcome hold(Optional<SslContext> server, Optional<SslContext> client, String host) throws Exception {
        Ending serverEnd = new Ending(ANSWER);
        Ending clientEnd = new Ending(QUESTION);
        Channel listening = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        server.ifPresent(context -> channel.pipeline().addLast(context.newHandler(channel.alloc())));
                        channel.pipeline().addLast(serverEnd);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .sync()
                .channel();
        int port = ((InetSocketAddress) listening.localAddress()).getPort();
        Channel dialled = new Bootstrap()
                .group(group)
                .channel(NioSocketChannel.class)
                .handler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        client.ifPresent(context -> channel.pipeline()
                                .addLast(TlsContexts.clientHandler(context, channel.alloc(), host, port)));
                        channel.pipeline().addLast(clientEnd);
                    }
                })
                .connect(listening.localAddress())
                .sync()
                .channel();
        if (client.isEmpty()) {
            say(dialled, QUESTION);
        }
        End clientMet = clientEnd.met.get(20, TimeUnit.SECONDS);
        End serverMet = serverEnd.met.get(20, TimeUnit.SECONDS);
        dialled.close().sync();
        listening.close().sync();
        return new Outcome(clientMet, serverMet);
    }

    void stop() throws InterruptedException {
        group.shutdownGracefully(0, 10, TimeUnit.SECONDS).sync();
    }

    private static void say(ChannelOutboundInvoker to, String text) {
        to.writeAndFlush(Unpooled.copiedBuffer(text, StandardCharsets.UTF_8));
    }

    private static final class Ending extends SimpleChannelInboundHandler<ByteBuf> {

        private final String line;
        private final CompletableFuture<End> met = new CompletableFuture<>();
        private final StringBuilder received = new StringBuilder();

        Ending(String line) {
            this.line = line;
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
            if (event instanceof SslHandshakeCompletionEvent done && done.isSuccess() && line.equals(QUESTION)) {
                say(ctx, QUESTION);
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
            received.append(bytes.toString(StandardCharsets.ISO_8859_1));
            SslHandler tls = ctx.pipeline().get(SslHandler.class);
            // Without TLS any bytes are a question: those of a handshake, too.
            if (tls == null || received.length() == QUESTION.length()) {
                met.complete(new End(
                        Optional.of(received.toString()),
                        Optional.empty(),
                        Optional.ofNullable(tls).map(handler -> handler.engine().getSession())));
                if (line.equals(ANSWER)) {
                    say(ctx, ANSWER);
                }
            }
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
            met.complete(new End(Optional.empty(), Optional.of(cause), Optional.empty()));
        }

        @Override
        public void channelInactive(ChannelHandlerContext ctx) {
            met.complete(new End(Optional.empty(), Optional.empty(), Optional.empty()));
        }
    }
}
