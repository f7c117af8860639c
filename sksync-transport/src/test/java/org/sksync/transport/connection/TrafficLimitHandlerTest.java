package org.sksync.transport.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sksync.testkit.NoLeaks;
import org.sksync.transport.limit.Rates;
import org.sksync.transport.limit.TrafficLimit;
import org.sksync.transport.watch.Pace;

/** A channel keeps within its limit; time passes where a test lets it. */
@ExtendWith(NoLeaks.class)
class TrafficLimitHandlerTest {

    private static final int RATE = 100_000;
    private static final Pace PACE = new Pace(1024, Duration.ofSeconds(60));

    private final PeerWatchHandler watch = new PeerWatchHandler(PACE);
    private EmbeddedChannel channel;

    @BeforeEach
    void open() {
        TrafficLimit limit = new TrafficLimit(() -> new Rates(OptionalLong.of(RATE), OptionalLong.of(RATE)));
        channel = new EmbeddedChannel();
        channel.freezeTime();
        channel.pipeline().addLast(watch, new TrafficLimitHandler(limit, watch));
    }

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private static ByteBuf bytes(int length) {
        return Unpooled.buffer(length).writeZero(length);
    }

    private void pass(long millis) {
        channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
        channel.runScheduledPendingTasks();
        channel.runPendingTasks();
    }

    private int sent() {
        int sum = 0;
        for (ByteBuf piece = channel.readOutbound(); piece != null; piece = channel.readOutbound()) {
            sum += piece.readableBytes();
            piece.release();
        }
        return sum;
    }

    /** Lets so many seconds pass in small steps, and returns what was sent in them. */
    private int sentIn(int seconds) {
        int sum = 0;
        for (int step = 0; step < seconds * 100; step++) {
            pass(10);
            sum += sent();
        }
        return sum;
    }

    @Test
    void sendsAtOnceWhatMayTravelAndTheRestAtTheRate() {
        channel.writeAndFlush(bytes(10 * RATE));

        assertThat(sent()).isEqualTo(RATE / 10);
        assertThat(sentIn(1)).isBetween(RATE - RATE / 20, RATE);
        assertThat(sentIn(5)).isBetween(5 * RATE - RATE / 20, 5 * RATE + RATE / 20);
        assertThat(sentIn(10)).isGreaterThan(0);
        assertThat(sent()).isZero();
    }

    @Test
    void tellsThatAMessageIsSentOnceAllOfItIs() {
        ChannelFuture whole = channel.writeAndFlush(bytes(RATE));

        sentIn(0);
        assertThat(whole.isDone()).isFalse();
        sentIn(2);
        assertThat(whole.isSuccess()).isTrue();
    }

    @Test
    void keepsTheOrder() {
        channel.write(bytes(RATE / 2));
        ChannelFuture last = channel.writeAndFlush(Unpooled.wrappedBuffer(new byte[] {7}));
        int sum = 0;
        byte end = 0;
        for (int step = 0; step < 100; step++) {
            pass(10);
            for (ByteBuf piece = channel.readOutbound(); piece != null; piece = channel.readOutbound()) {
                sum += piece.readableBytes();
                end = piece.getByte(piece.writerIndex() - 1);
                piece.release();
            }
        }

        assertThat(last.isSuccess()).isTrue();
        assertThat(sum).isEqualTo(RATE / 2 + 1);
        assertThat(end).isEqualTo((byte) 7);
    }

    @Test
    void isNotWritableWhileMuchWaits() {
        channel.write(bytes(RATE));
        channel.runPendingTasks();
        assertThat(channel.isWritable()).isFalse();

        channel.flush();
        sentIn(2);

        assertThat(channel.isWritable()).isTrue();
    }

    @Test
    void staysWritableWhileLittleWaits() {
        channel.writeAndFlush(bytes(RATE / 5));

        assertThat(channel.isWritable()).isTrue();
        sentIn(1);
    }

    @Test
    void readsNoMoreUntilWhatHasComeMayHaveTravelled() {
        channel.writeInbound(bytes(RATE / 20));
        assertThat(channel.config().isAutoRead()).isTrue();
        channel.writeInbound(bytes(RATE));
        assertThat(channel.config().isAutoRead()).isFalse();

        pass(900);
        assertThat(channel.config().isAutoRead()).isFalse();
        pass(100);
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void goesOnReadingOnlyWhenTheSessionWantsToAsWell() {
        watch.pauseReading(PauseReason.SESSION);
        channel.writeInbound(bytes(RATE));
        pass(2000);
        assertThat(channel.config().isAutoRead()).isFalse();

        watch.resumeReading(PauseReason.SESSION);

        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void aSessionThatReadsOnDoesNotOverruleTheLimit() {
        channel.writeInbound(bytes(RATE));
        watch.pauseReading(PauseReason.SESSION);

        watch.resumeReading(PauseReason.SESSION);

        assertThat(channel.config().isAutoRead()).isFalse();
        pass(2000);
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void letsGoOfWhatWaitsWhenTheChannelIsClosed() {
        ChannelFuture unsent = channel.writeAndFlush(bytes(RATE));

        channel.close();
        channel.runPendingTasks();

        assertThat(unsent.isDone()).isTrue();
        assertThat(unsent.isSuccess()).isFalse();
    }

    @Test
    void keepsNothingThatIsWrittenOnceTheChannelIsClosed() {
        channel.close();

        ChannelFuture late = channel.writeAndFlush(bytes(10));
        channel.runPendingTasks();

        assertThat(late.isDone()).isTrue();
        assertThat(late.isSuccess()).isFalse();
    }
}
