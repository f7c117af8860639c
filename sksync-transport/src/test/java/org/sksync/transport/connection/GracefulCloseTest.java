package org.sksync.transport.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sksync.testkit.NoLeaks;

/** A close after which the peer has all that was sent to it. */
@ExtendWith(NoLeaks.class)
final class GracefulCloseTest {

    private final PeerThatReadsLate peer = new PeerThatReadsLate();
    private final EmbeddedChannel channel = new EmbeddedChannel(peer);
    private final ChannelLink link;

    GracefulCloseTest() {
        channel.pipeline().addLast("codec", new ChannelInboundHandlerAdapter());
        link = new ChannelLink(channel, "codec");
    }

    @AfterEach
    void end() {
        channel.finishAndReleaseAll();
    }

    @Test
    void waitsForAPeerThatIsSlowToReadTheRest() {
        link.send(Unpooled.copiedBuffer("the end of a file", StandardCharsets.US_ASCII));
        link.closeGracefully();

        pass(30);
        assertThat(channel.isOpen()).isTrue();
        peer.readsNow();
        channel.runPendingTasks();

        ByteBuf read = channel.readOutbound();
        assertThat(read.toString(StandardCharsets.US_ASCII)).isEqualTo("the end of a file");
        read.release();
    }

    @Test
    void closesWhenThePeerHasHadTheRestAndStaysSilent() {
        link.closeGracefully();
        peer.readsNow();
        channel.runPendingTasks();
        assertThat(channel.isOpen()).isTrue();

        pass(2);

        assertThat(channel.isOpen()).isFalse();
    }

    @Test
    void doesNotWaitForEverForAPeerThatNeverReads() {
        link.send(Unpooled.copiedBuffer("the end of a file", StandardCharsets.US_ASCII));
        link.closeGracefully();

        pass(61);

        assertThat(channel.isOpen()).isFalse();
    }

    private void pass(int seconds) {
        channel.advanceTimeBy(seconds, TimeUnit.SECONDS);
        channel.runPendingTasks();
    }

    /** Lets nothing through until it is told to. */
    private static final class PeerThatReadsLate extends ChannelOutboundHandlerAdapter {

        private boolean reads;
        private ChannelHandlerContext context;

        @Override
        public void handlerAdded(ChannelHandlerContext ctx) {
            context = ctx;
        }

        @Override
        public void flush(ChannelHandlerContext ctx) {
            if (reads) {
                ctx.flush();
            }
        }

        void readsNow() {
            reads = true;
            context.flush();
        }
    }
}
