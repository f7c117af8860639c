package org.sksync.server.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.sksync.server.auth.ClientNetwork;
import org.sksync.server.connection.Admissions.Decision;
import org.sksync.transport.connection.PeerTooSlow;

/**
 * Stands before the acceptor: lets connections in as {@link Admissions} decides, before anything is spent on them, and
 * pauses where the system can't give any more.
 */
final class ConnectionGate extends ChannelInboundHandlerAdapter {

    /** Long enough that a system without file descriptors is not asked all the time. */
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Admissions<Channel> admissions;
    private final ConnectionListener listener;

    ConnectionGate(Admissions<Channel> admissions, ConnectionListener listener) {
        this.admissions = admissions;
        this.listener = listener;
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (!(message instanceof SocketChannel connection)) {
            ctx.fireChannelRead(message);
            return;
        }
        InetSocketAddress address = connection.remoteAddress();
        if (address == null) {
            // Its peer has gone already.
            connection.unsafe().closeForcibly();
            return;
        }
        Decision<Channel> decision = admissions.arrived(connection, ClientNetwork.of(address.getAddress()));
        if (decision instanceof Decision.Refused<Channel> refused) {
            connection.unsafe().closeForcibly();
            listener.refused(PeerAddress.text(address), refused.limit(), refused.why());
        } else if (decision instanceof Decision.Accepted<Channel> accepted) {
            accepted.pushedOut().ifPresent(this::pushOut);
            connection.closeFuture().addListener(closed -> admissions.left(connection));
            ctx.fireChannelRead(connection);
        }
    }

    /** Pauses, as Netty's own acceptor does, which would log the stack of each failure. */
    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.channel().config().setAutoRead(false);
        ctx.channel()
                .eventLoop()
                .schedule(() -> ctx.channel().config().setAutoRead(true), PAUSE.toMillis(), TimeUnit.MILLISECONDS);
        // Last, since without descriptors even the log may fail.
        listener.acceptFailed(cause);
    }

    private void pushOut(Channel connection) {
        listener.madeRoom();
        connection.eventLoop().execute(() -> {
            connection
                    .pipeline()
                    .fireUserEventTriggered(
                            new PeerTooSlow("had not greeted when its place was needed for a new connection"));
            connection.close();
        });
    }
}
