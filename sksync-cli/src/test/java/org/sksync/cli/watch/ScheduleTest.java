package org.sksync.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** When a folder is synced next; the clock stands wherever a test puts it, and begins below zero as clocks may. */
class ScheduleTest {

    private static final long NEVER = Long.MAX_VALUE;
    private static final boolean HEARD = true;

    private long now = -Duration.ofMinutes(1).toNanos();
    private Schedule schedule = schedule(Duration.ofMinutes(5));

    private static Schedule schedule(Duration every) {
        RandomGenerator always = new Random() {
            private static final long serialVersionUID = 1L;

            @Override
            public double nextDouble() {
                return 1;
            }
        };
        return new Schedule(Intervals.of(every, Duration.ofSeconds(1)), new Backoff(always));
    }

    private void pass(Duration time) {
        now += time.toNanos();
    }

    private void passSeconds(long seconds) {
        pass(Duration.ofSeconds(seconds));
    }

    private void sync(Outcome outcome) {
        schedule.began();
        schedule.ended(outcome, HEARD, now);
    }

    private Duration due() {
        return Duration.ofNanos(schedule.dueInNanos(now));
    }

    @Test
    void syncsAtOnceAtTheStart() {
        assertThat(due()).isZero();
    }

    @Test
    void syncsAgainAfterTheIntervalOfTheOtherSide() {
        sync(Outcome.DONE);

        assertThat(due()).isEqualTo(Duration.ofMinutes(5));
        passSeconds(299);
        assertThat(due()).isEqualTo(Duration.ofSeconds(1));
        passSeconds(2);
        assertThat(due()).isZero();
    }

    @Test
    void waitsForChangesAloneWithoutAnInterval() {
        schedule = schedule(Duration.ZERO);
        sync(Outcome.DONE);

        assertThat(schedule.dueInNanos(now)).isEqualTo(NEVER);
        schedule.changed(now);
        assertThat(due()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void hasAnIntervalWhereNobodyTellsOfChangesThoughNoneWasAskedFor() {
        schedule = schedule(Duration.ZERO);
        schedule.began();
        schedule.ended(Outcome.DONE, !HEARD, now);

        assertThat(due()).isEqualTo(Intervals.EVERY);
    }

    @Test
    void syncsAChangeOnceItHasSettled() {
        sync(Outcome.DONE);
        passSeconds(10);
        schedule.changed(now);

        assertThat(due()).isEqualTo(Duration.ofSeconds(1));
        pass(Duration.ofMillis(600));
        schedule.changed(now);
        assertThat(due()).isEqualTo(Duration.ofSeconds(1));
        passSeconds(1);
        assertThat(due()).isZero();
    }

    @Test
    void putsAChangeOffForTenSecondsAtTheMost() {
        sync(Outcome.DONE);
        schedule.changed(now);
        for (int second = 0; second < 19; second++) {
            pass(Duration.ofMillis(500));
            schedule.changed(now);
            assertThat(due()).isPositive();
        }

        pass(Duration.ofMillis(500));
        schedule.changed(now);

        assertThat(due()).isZero();
    }

    @Test
    void aSyncTakesTheChangesBeforeItAndNoneAfterItsBeginning() {
        sync(Outcome.DONE);
        schedule.changed(now);
        schedule.began();
        schedule.changed(now);
        schedule.ended(Outcome.DONE, HEARD, now);

        assertThat(due()).isEqualTo(Duration.ofSeconds(1));
        sync(Outcome.DONE);
        assertThat(due()).isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void syncsAtOnceWhenTheMachineHasSlept() {
        sync(Outcome.DONE);
        passSeconds(1);
        schedule.woke();

        assertThat(due()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSED", "INTERRUPTED"})
    void neverSyncsAgainWhereNothingCanChange(Outcome outcome) {
        sync(outcome);
        schedule.changed(now);
        schedule.woke();

        assertThat(schedule.dueInNanos(now)).isEqualTo(NEVER);
    }

    @Nested
    class AfterFailures {

        @Test
        void triesEachTimeTwiceAsLateUpToFiveMinutes() {
            for (long seconds : new long[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300}) {
                sync(Outcome.FAILED);
                assertThat(due()).isEqualTo(Duration.ofSeconds(seconds));
                passSeconds(seconds);
            }
        }

        @Test
        void beginsAnewAfterASuccess() {
            sync(Outcome.FAILED);
            sync(Outcome.FAILED);
            sync(Outcome.DONE);
            sync(Outcome.FAILED);

            assertThat(due()).isEqualTo(Duration.ofSeconds(1));
        }

        @Test
        void beginsAnewWhenTheMachineHasSlept() {
            sync(Outcome.FAILED);
            sync(Outcome.FAILED);
            schedule.woke();
            assertThat(due()).isZero();
            sync(Outcome.FAILED);

            assertThat(due()).isEqualTo(Duration.ofSeconds(1));
        }

        @Test
        void aChangeBringsTheNextTryForwardButNotAtOnce() {
            for (int failure = 0; failure < 8; failure++) {
                sync(Outcome.FAILED);
            }
            schedule.changed(now);

            assertThat(due()).isEqualTo(Duration.ofSeconds(5));
            passSeconds(20);
            schedule.changed(now);
            assertThat(due()).isZero();
        }

        @Test
        void aChangeDoesNotPutOffATryThatIsDueAnyhow() {
            sync(Outcome.FAILED);
            schedule.changed(now);

            assertThat(due()).isEqualTo(Duration.ofSeconds(1));
        }
    }

    @Nested
    class WithoutAFolder {

        @Test
        void looksForItEveryFewSecondsAndNoLater() {
            for (int look = 0; look < 20; look++) {
                sync(Outcome.MISSING);
                assertThat(due()).isEqualTo(Duration.ofSeconds(5));
                passSeconds(5);
                assertThat(due()).isZero();
            }
        }
    }
}
