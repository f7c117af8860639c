package org.sksync.transport.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** When a peer is too slow; a second is a number here. */
class PeerWatchTest {

    private static final Pace PACE = new Pace(100, Duration.ofSeconds(60));
    private static final int WINDOW_BYTES = 6000;

    private final PeerWatch watch = new PeerWatch(PACE, seconds(1000));
    private int now;

    @Test
    void nothingIsAwaitedAtFirst() {
        at(1_000_000);

        assertKeepsUp();
        assertThat(watch.nextLookNanos(seconds(2_000_000))).isEqualTo(Long.MAX_VALUE);
    }

    @Nested
    class WithinALimit {

        private final Awaited line = Awaited.within(Duration.ofSeconds(15), "the line");

        @Test
        void isKeptUntilTheLimit() {
            watch.await(line, now());

            at(14);
            assertKeepsUp();
            assertNextLookIn(1);

            at(15);
            assertTooSlow("did not send the line within 15 s");
        }

        @Test
        void isNotProlongedByBytesThatTrickle() {
            watch.await(line, now());
            for (int second = 1; second < 15; second++) {
                at(second);
                received(1);
                assertKeepsUp();
            }

            at(15);
            assertTooSlow("did not send the line within 15 s");
        }

        @Test
        void beginsAnewWithTheNextThing() {
            watch.await(line, now());
            at(14);
            watch.await(line, now());

            at(28);
            assertKeepsUp();

            at(29);
            assertTooSlow("did not send the line within 15 s");
        }

        @Test
        void endsWhereNothingMoreIsAwaited() {
            watch.await(line, now());
            watch.await(Awaited.nothing(), now());

            at(1000);
            assertKeepsUp();
        }

        @Test
        void countsOnlyTheTimeInWhichThePeerIsReadFrom() {
            watch.await(line, now());
            at(10);
            watch.paused(now());

            at(1000);
            assertKeepsUp();
            assertThat(watch.nextLookNanos(now())).isEqualTo(Long.MAX_VALUE);

            watch.resumed(now());
            assertNextLookIn(5);
            at(1004);
            assertKeepsUp();
            at(1005);
            assertTooSlow("did not send the line within 15 s");
        }

        @Test
        void standsStillWhereItBeginsInAPause() {
            watch.paused(now());
            watch.await(line, now());

            at(1000);
            assertKeepsUp();
            watch.resumed(now());
            at(1015);
            assertTooSlow("did not send the line within 15 s");
        }

        @Test
        void resumingTwiceGivesNoTime() {
            watch.await(line, now());
            at(10);
            watch.resumed(now());

            at(15);
            assertTooSlow("did not send the line within 15 s");
        }
    }

    @Nested
    class AtAPace {

        private final Awaited content = Awaited.at(PACE, "a file");

        @Test
        void isKeptByAPeerThatIsJustFastEnough() {
            watch.await(content, now());
            for (int second = 1; second <= 3600; second++) {
                at(second);
                received(101);
                assertKeepsUp();
            }
        }

        @Test
        void isKeptByOneThatComesInBursts() {
            watch.await(content, now());
            for (int burst = 1; burst <= 100; burst++) {
                at(burst * 59);
                received(WINDOW_BYTES);
                assertKeepsUp();
            }
        }

        @Test
        void isNotKeptByOneThatIsALittleTooSlow() {
            watch.await(content, now());
            for (int second = 1; second < 60; second++) {
                at(second);
                received(99);
                assertKeepsUp();
            }

            at(60);
            assertTooSlow("sent a file at less than 100 bytes per second over 60 s");
        }

        @Test
        void givesOneThatStallsASingleWindowHoweverFastItWas() {
            watch.await(content, now());
            at(10);
            received(1_000_000_000);

            at(69);
            assertKeepsUp();
            assertNextLookIn(1);
            at(70);
            assertTooSlow("sent a file at less than 100 bytes per second over 60 s");
        }

        @Test
        void countsOnlyTheTimeInWhichThePeerIsReadFrom() {
            watch.await(content, now());
            at(30);
            watch.paused(now());
            at(500);
            watch.resumed(now());

            at(529);
            assertKeepsUp();
            at(530);
            assertTooSlow("sent a file at less than 100 bytes per second over 60 s");
        }
    }

    @Nested
    class WithinALimitAndAtAPace {

        private final Awaited listing = Awaited.withinAndAt(Duration.ofMinutes(10), PACE, "its listing");

        @Test
        void leavesThePeerItsTimeBeforeTheFirstByte() {
            watch.await(listing, now());

            at(599);
            assertKeepsUp();
            at(600);
            assertTooSlow("did not send its listing within 600 s");
        }

        @Test
        void isPacedFromTheFirstByteOn() {
            watch.await(listing, now());
            at(300);
            received(1);

            at(359);
            assertKeepsUp();
            assertNextLookIn(1);
            at(360);
            assertTooSlow("sent its listing at less than 100 bytes per second over 60 s");
        }

        @Test
        void endsAtItsLimitHoweverFastItComes() {
            watch.await(listing, now());
            for (int second = 1; second < 600; second++) {
                at(second);
                received(WINDOW_BYTES);
                assertKeepsUp();
            }

            at(600);
            assertTooSlow("did not send its listing within 600 s");
        }
    }

    @Nested
    class Sending {

        @Test
        void isWatchedOnlyWhileBytesWait() {
            watch.sent(10, true, now());
            at(30);
            watch.sent(20, false, now());

            at(1000);
            assertKeepsUp();
        }

        @Test
        void endsWithAPeerThatTakesNothing() {
            watch.sent(10, true, now());

            at(59);
            watch.sent(10, true, now());
            assertKeepsUp();
            assertNextLookIn(1);
            at(60);
            watch.sent(10, true, now());
            assertTooSlow("read nothing for 60 s");
        }

        @Test
        void endsWithAPeerThatTakesTooLittle() {
            watch.sent(0, true, now());
            for (int second = 1; second < 60; second++) {
                at(second);
                watch.sent(second * 99L, true, now());
                assertKeepsUp();
            }

            at(60);
            watch.sent(60 * 99, true, now());
            assertTooSlow("read less than 100 bytes per second over 60 s");
        }

        @Test
        void goesOnWithASlowPeerThatKeepsThePace() {
            watch.sent(0, true, now());
            for (int second = 1; second <= 3600; second++) {
                at(second);
                watch.sent(second * 101L, true, now());
                assertKeepsUp();
            }
        }

        @Test
        void isLookedAtOftenEnoughToMissNoStallByMuch() {
            watch.sent(0, true, now());

            assertNextLookIn(5);
        }

        @Test
        void takesNoNoticeOfPausesInReading() {
            watch.sent(0, true, now());
            watch.paused(now());

            at(60);
            assertTooSlow("read nothing for 60 s");
        }
    }

    @Test
    void partsOfASecondAreTold() {
        watch.await(Awaited.within(Duration.ofMillis(1500), "the line"), now());

        at(2);
        assertTooSlow("did not send the line within 1.5 s");
    }

    @Test
    void refusesAPaceOfNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Pace(0, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Pace(1, Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> new Pace(1, Duration.ofSeconds(-1)));
    }

    private void at(int second) {
        now = second;
    }

    private void received(int bytes) {
        watch.received(bytes, now());
    }

    private long now() {
        return seconds(1000 + now);
    }

    private void assertKeepsUp() {
        assertThat(watch.tooSlow(now())).as("at %s s", now).isEmpty();
    }

    private void assertTooSlow(String how) {
        assertThat(watch.tooSlow(now())).contains(how);
        assertThat(watch.nextLookNanos(now())).isZero();
    }

    private void assertNextLookIn(int second) {
        assertThat(watch.nextLookNanos(now())).isEqualTo(seconds(second));
    }

    private static long seconds(int seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}
