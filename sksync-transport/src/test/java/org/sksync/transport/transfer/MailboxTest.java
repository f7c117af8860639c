package org.sksync.transport.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.sksync.testkit.NoLeaks;

@ExtendWith(NoLeaks.class)
class MailboxTest {

    private static final String END = "(end)";

    private final FakeLink link = new FakeLink();
    private final List<String> told = new ArrayList<>();
    private Consumer<String> onMessage = message -> {};
    private final Mailbox<String> mailbox = new Mailbox<>(
            link,
            message -> {
                told.add(message);
                onMessage.accept(message);
            },
            () -> told.add(END));

    @Test
    void deliversInOrderAndTheEndLast() {
        mailbox.offer("a");
        mailbox.offer("b");
        mailbox.end();

        assertThat(told).containsExactly("a", "b", END);
    }

    @Test
    void tellsTheEndOnce() {
        mailbox.end();
        mailbox.end();
        mailbox.offer("late");
        mailbox.end();

        assertThat(told).containsExactly(END, "late");
    }

    @Test
    void deliversNothingWhileHeldAndReadsNothing() {
        mailbox.hold();
        mailbox.offer("a");

        assertThat(told).isEmpty();
        assertThat(link.isReading()).isFalse();
    }

    @Test
    void deliversWhatWaitedOnceItIsReleased() {
        mailbox.hold();
        mailbox.offer("a");
        mailbox.offer("b");
        mailbox.release();
        mailbox.offer("c");

        assertThat(told).containsExactly("a", "b", "c");
        assertThat(link.isReading()).isTrue();
    }

    @Test
    void isHeldUntilItIsReleasedAsOftenAsItWasHeld() {
        mailbox.hold();
        mailbox.hold();
        mailbox.offer("a");

        mailbox.release();
        assertThat(told).isEmpty();
        assertThat(link.isReading()).isFalse();

        mailbox.release();
        assertThat(told).containsExactly("a");
        assertThat(link.isReading()).isTrue();
    }

    @Test
    void tellsAnEndThatCameWhileItWasHeldAfterWhatWaited() {
        mailbox.hold();
        mailbox.offer("a");
        mailbox.end();
        mailbox.end();
        assertThat(told).isEmpty();

        mailbox.release();

        assertThat(told).containsExactly("a", END);
    }

    @Test
    void stopsAtTheMessageThatHoldsIt() {
        onMessage = message -> mailbox.hold();
        mailbox.offer("a");
        mailbox.offer("b");
        mailbox.end();
        assertThat(told).containsExactly("a");

        mailbox.release();
        assertThat(told).containsExactly("a", "b");

        mailbox.release();
        assertThat(told).containsExactly("a", "b", END);
    }

    @Test
    void goesOnWhenAMessageHoldsAndReleasesIt() {
        onMessage = message -> {
            mailbox.hold();
            mailbox.release();
            told.add("done with " + message);
        };
        mailbox.hold();
        mailbox.offer("a");
        mailbox.offer("b");
        mailbox.release();

        assertThat(told).containsExactly("a", "done with a", "b", "done with b");
    }

    @Test
    void deliversAMessageThatIsOfferedDuringAnotherAfterIt() {
        onMessage = message -> {
            if (message.equals("a")) {
                mailbox.offer("b");
                mailbox.end();
                told.add("done with a");
            }
        };
        mailbox.offer("a");

        assertThat(told).containsExactly("a", "done with a", "b", END);
    }

    @Test
    void staysUsableAfterAMessageThatThrew() {
        onMessage = message -> {
            if (message.equals("a")) {
                throw new IllegalStateException("of the session");
            }
        };
        assertThatIllegalStateException().isThrownBy(() -> mailbox.offer("a"));

        mailbox.offer("b");
        mailbox.end();

        assertThat(told).containsExactly("a", "b", END);
    }

    @Test
    void deliversNothingAfterItWasClosed() {
        mailbox.hold();
        mailbox.offer("a");
        mailbox.close();
        mailbox.release();
        mailbox.offer("b");
        mailbox.end();

        assertThat(told).isEmpty();
        assertThat(link.isReading()).isTrue();
    }

    @Test
    void deliversNoMoreOnceAMessageHasClosedIt() {
        onMessage = message -> mailbox.close();
        mailbox.hold();
        mailbox.offer("a");
        mailbox.offer("b");
        mailbox.end();
        mailbox.release();

        assertThat(told).containsExactly("a");
    }

    @Test
    void letsGoOfBuffersThatWaitAndThatComeLaterWhenItIsClosed() {
        Mailbox<ByteBuf> buffers = new Mailbox<>(link, ByteBuf::release, () -> {});
        ByteBuf waiting = PooledByteBufAllocator.DEFAULT.buffer();
        ByteBuf late = PooledByteBufAllocator.DEFAULT.buffer();

        buffers.hold();
        buffers.offer(waiting);
        assertThat(waiting.refCnt()).isEqualTo(1);
        buffers.close();
        buffers.offer(late);

        assertThat(waiting.refCnt()).isZero();
        assertThat(late.refCnt()).isZero();
    }
}
