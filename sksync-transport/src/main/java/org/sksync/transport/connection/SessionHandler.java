package org.sksync.transport.connection;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sksync.transport.transfer.PeerLink;
import org.sksync.transport.transfer.PeerSession;

/**
 * Tells a session what happens on its channel; the last handler of both pipelines.
 *
 * <ul>
 *   <li>opens the session when the connection is ready, behind TLS when the handshake is done
 *   <li>hands on decoded messages and writability
 *   <li>turns every failure, a peer that is too slow included, into one call
 * </ul>
 *
 * @param <M> the type of message that the peer sends
 */
public final class SessionHandler<M> extends ChannelInboundHandlerAdapter {

    /** The handler's name in a pipeline. */
    public static final String NAME = "session";

    private final Class<M> messageType;
    private final String codecName;
    private final PeerWatchHandler watch;
    private final Function<PeerLink, ? extends PeerSession<M>> sessions;
    private @Nullable ChannelLink link;
    private @Nullable PeerSession<M> session;
    private boolean opened;

    /**
     * Creates a handler for one channel.
     *
     * @param messageType the type of message that the codec reads
     * @param codecName the codec's name in the pipeline
     * @param watch the watch in the pipeline, before the codec
     * @param sessions makes the session for the channel's link
     */
    public SessionHandler(
            Class<M> messageType,
            String codecName,
            PeerWatchHandler watch,
            Function<PeerLink, ? extends PeerSession<M>> sessions) {
        this.messageType = messageType;
        this.codecName = codecName;
        this.watch = watch;
        this.sessions = sessions;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ctx) {
        Channel channel = ctx.channel();
        ChannelLink made = new ChannelLink(channel, codecName, watch);
        link = made;
        session = sessions.apply(made);
        if (channel.isActive()) {
            open(ctx);
        }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        open(ctx);
        ctx.fireChannelActive();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                openNow();
            } else {
                session().failed(handshake.cause());
            }
        } else if (event instanceof SslCloseCompletionEvent) {
            // Some peers end TLS and then wait for the other side's end before they close the connection.
            session().inputEnded();
        } else if (event instanceof PeerTooSlow slow) {
            if (link != null) {
                link.tooSlow();
            }
            session().tooSlow(slow.how());
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        session().received(messageType.cast(message));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
        // One flush for the answers to all that came together.
        ctx.flush();
        ctx.fireChannelReadComplete();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ctx) {
        if (ctx.channel().isWritable()) {
            session().writable();
        }
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        session().inputEnded();
        ctx.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        Throwable inner = cause instanceof DecoderException ? cause.getCause() : null;
        session().failed(inner == null ? cause : inner);
    }

    private void open(ChannelHandlerContext ctx) {
        if (ctx.pipeline().get(SslHandler.class) == null) {
            openNow();
        }
    }

    private void openNow() {
        if (!opened) {
            opened = true;
            session().opened();
        }
    }

    private PeerSession<M> session() {
        PeerSession<M> current = session;
        if (current == null) {
            throw new IllegalStateException("used before it was added to a pipeline");
        }
        return current;
    }
}
