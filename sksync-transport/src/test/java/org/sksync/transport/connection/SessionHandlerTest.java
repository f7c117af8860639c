package org.sksync.transport.connection;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sksync.testkit.NoLeaks;
import org.sksync.transport.transfer.PeerLink;
import org.sksync.transport.transfer.PeerSession;
import org.sksync.transport.watch.Pace;

/** What a session is told, and how its link closes, with the time in the test's hands. */
@ExtendWith(NoLeaks.class)
class SessionHandlerTest {

    private static final int DRAINED_BYTES = 64 * 1024;
    private static final int DRAIN_MILLIS = 1_000;

    private final Session session = new Session();
    private final PeerWatchHandler watch = new PeerWatchHandler(new Pace(1024, Duration.ofSeconds(60)));
    private final SlowPeer peer = new SlowPeer();
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private Optional<PeerLink> link = Optional.empty();

    @BeforeEach
    void connect() {
        channel.freezeTime();
        channel.pipeline()
                .addLast(PeerWatchHandler.NAME, watch)
                .addLast(peer)
                .addLast("codec", new ChannelDuplexHandler())
                .addLast(SessionHandler.NAME, new SessionHandler<>(ByteBuf.class, "codec", watch, made -> {
                    link = Optional.of(made);
                    return session;
                }));
    }

    @AfterEach
    void disconnect() {
        peer.takeAll();
        channel.finishAndReleaseAll();
    }

    @Test
    void opensOnce() {
        channel.pipeline().fireChannelActive();

        assertThat(session.told).containsExactly("opened");
    }

    @Test
    void handsOnMessages() {
        channel.writeInbound(bytes(3));

        assertThat(session.told).containsExactly("opened", "3 bytes");
    }

    @Test
    void unwrapsWhatADecoderThrew() {
        IOException cause = new IOException("inner");
        channel.pipeline().fireExceptionCaught(new DecoderException(cause));

        assertThat(session.told).containsExactly("opened", cause);
    }

    @Test
    void handsOnADecodersOwnException() {
        DecoderException cause = new DecoderException("no cause");
        channel.pipeline().fireExceptionCaught(cause);

        assertThat(session.told).containsExactly("opened", cause);
    }

    @Test
    void handsOnOtherExceptionsAsTheyAre() {
        IOException cause = new IOException("outer", new IOException("inner"));
        channel.pipeline().fireExceptionCaught(cause);

        assertThat(session.told).containsExactly("opened", cause);
    }

    @Test
    void tellsOfAPeerThatIsTooSlow() {
        channel.pipeline().fireUserEventTriggered(new PeerTooSlow("did nothing"));

        assertThat(session.told).containsExactly("opened", "did nothing");
        assertThat(channel.isOpen()).isTrue();
    }

    @Test
    void handsOnEventsThatAreNotItsOwn() {
        List<Object> events = new ArrayList<>();
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override
            public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
                events.add(event);
            }
        });

        channel.pipeline().fireUserEventTriggered("another's");

        assertThat(events).containsExactly("another's");
        assertThat(session.told).containsExactly("opened");
    }

    @Test
    void tellsWhenThePeerHasCaughtUpAndNotWhenItFallsBehind() {
        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
        channel.runPendingTasks();
        assertThat(session.told).containsExactly("opened");

        channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
        channel.runPendingTasks();
        assertThat(session.told).containsExactly("opened", "writable");
    }

    @Test
    void tellsOfTheEndOfTheConnection() {
        channel.close();

        assertThat(session.told).containsExactly("opened", "input ended");
    }

    @Test
    void isOfNoUseWithoutAPipeline() {
        SessionHandler<ByteBuf> handler = new SessionHandler<>(ByteBuf.class, "codec", watch, made -> session);

        assertThatIllegalStateException().isThrownBy(() -> handler.exceptionCaught(null, new IOException()));
    }

    @Nested
    class Close {

        @Test
        void waitsForThePeerToTakeWhatIsQueuedHoweverLongThatTakes() {
            peer.stall();
            link().send(bytes(3));
            link().closeGracefully();

            pass(10 * DRAIN_MILLIS);
            assertThat(channel.isOpen()).as("open while the peer reads").isTrue();

            peer.takeAll();
            assertThat(takenBytes()).isEqualTo(3);
            pass(DRAIN_MILLIS);
            assertThat(channel.isOpen()).isFalse();
        }

        @Test
        void givesUpOnAPeerThatTakesNothing() {
            peer.stall();
            link().send(bytes(3));
            link().closeGracefully();

            channel.pipeline().fireUserEventTriggered(new PeerTooSlow("did nothing"));

            assertThat(channel.isOpen()).isFalse();
        }

        @Test
        void givesThePeerTimeToCloseFirst() {
            link().closeGracefully();

            pass(DRAIN_MILLIS - 1);
            assertThat(channel.isOpen()).isTrue();

            pass(1);
            assertThat(channel.isOpen()).isFalse();
        }

        @Test
        void drainsUpToItsBoundAndClosesWhenItsTimeIsUp() {
            link().closeGracefully();

            channel.writeInbound(bytes(DRAINED_BYTES));
            assertThat(channel.config().isAutoRead()).isTrue();

            channel.writeInbound(bytes(1));
            assertThat(channel.config().isAutoRead()).isFalse();
            assertThat(channel.isOpen()).isTrue();

            pass(1001);
            assertThat(channel.isOpen()).isFalse();
            assertThat(session.told).containsExactly("opened", "input ended");
        }

        @Test
        void readsOnThoughReadingWasPaused() {
            link().pauseReading();
            assertThat(channel.config().isAutoRead()).isFalse();

            link().closeGracefully();

            assertThat(channel.config().isAutoRead()).isTrue();
        }

        @Test
        void letsGoOfWhatIsNoBytes() {
            link().closeGracefully();

            channel.writeInbound("a message");

            assertThat(session.told).containsExactly("opened");
        }

        @Test
        void doesNothingMoreTheSecondTime() {
            link().closeGracefully();
            pass(DRAIN_MILLIS - 1);
            link().closeGracefully();

            pass(1);

            assertThat(channel.isOpen()).isFalse();
        }

        @Test
        void isAtOnceWhereThePeerIsGone() {
            channel.close();

            link().closeGracefully();

            assertThat(session.told).containsExactly("opened", "input ended");
        }

        @Test
        void isAtOnceWhereThatIsAsked() {
            peer.stall();
            link().send(bytes(3));

            link().closeNow();

            assertThat(channel.isOpen()).isFalse();
        }
    }

    @Test
    void closesWhereAMessageCanNotBeSent() {
        channel.pipeline().addAfter("codec", "refusing", new ChannelDuplexHandler() {
            @Override
            public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
                promise.setFailure(new IOException("can't"));
            }
        });

        link().send("a message");

        assertThat(channel.isOpen()).isFalse();
        assertThat(session.told).containsExactly("opened", "input ended");
    }

    @Test
    void runsATaskWhenItsTimeHasCome() {
        link().schedule(() -> session.told.add("time is up"), Duration.ofMillis(500));

        pass(499);
        assertThat(session.told).containsExactly("opened");

        pass(1);
        assertThat(session.told).containsExactly("opened", "time is up");
    }

    @Test
    void knowsNoTlsOnAPlainConnection() {
        assertThat(link().tlsSession()).isEmpty();
    }

    private PeerLink link() {
        return link.orElseThrow();
    }

    @Test
    void takesTheEndOfTlsForTheEndOfTheInput() {
        channel.pipeline().fireUserEventTriggered(SslCloseCompletionEvent.SUCCESS);

        assertThat(session.told).containsExactly("opened", "input ended");
    }

    private void pass(int millis) {
        channel.advanceTimeBy(millis, MILLISECONDS);
        channel.runScheduledPendingTasks();
    }

    private int takenBytes() {
        int bytes = 0;
        while (channel.outboundMessages().peek() != null) {
            ByteBuf message = channel.readOutbound();
            bytes += message.readableBytes();
            message.release();
        }
        return bytes;
    }

    private static ByteBuf bytes(int count) {
        return Unpooled.directBuffer(count).writeZero(count);
    }

    /** Takes what is written, or keeps it waiting. */
    private static final class SlowPeer extends ChannelDuplexHandler {

        private record Write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {}

        private final Queue<Write> waiting = new ArrayDeque<>();
        private boolean stalled;

        void stall() {
            stalled = true;
        }

        void takeAll() {
            stalled = false;
            while (!waiting.isEmpty()) {
                Write write = waiting.remove();
                write.ctx().writeAndFlush(write.message(), write.promise());
            }
        }

        @Override
        public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
            if (stalled) {
                waiting.add(new Write(ctx, message, promise));
            } else {
                ctx.write(message, promise);
            }
        }
    }

    private static final class Session implements PeerSession<ByteBuf> {

        private final List<Object> told = new ArrayList<>();

        @Override
        public void opened() {
            told.add("opened");
        }

        @Override
        public void received(ByteBuf message) {
            told.add(message.readableBytes() + " bytes");
            message.release();
        }

        @Override
        public void writable() {
            told.add("writable");
        }

        @Override
        public void tooSlow(String how) {
            told.add(how);
        }

        @Override
        public void inputEnded() {
            told.add("input ended");
        }

        @Override
        public void failed(Throwable cause) {
            told.add(cause);
        }
    }
}
