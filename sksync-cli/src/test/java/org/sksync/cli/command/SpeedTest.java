package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SpeedTest {

    private static final long SECOND = 1_000_000_000;

    @Test
    void isTheSpeedOfASteadyTransfer() {
        Speed speed = Speed.from(0);
        for (int second = 1; second <= 20; second++) {
            speed = speed.at(second * SECOND, second * 31_000_000L, 0);
        }

        assertThat(speed.bytesPerSecond()).isEqualTo(31_000_000);
        assertThat(speed.secondsFor(62_000_000, 0)).hasValue(2);
    }

    @Test
    void followsAChangeSlowlyAndThenWhole() {
        Speed fast = Speed.from(0).at(10 * SECOND, 1_000_000_000, 0);
        Speed stalled = fast.at(11 * SECOND, 1_000_000_000, 0);
        Speed over = stalled.at(60 * SECOND, 1_000_000_000, 0);

        assertThat(stalled.bytesPerSecond()).isBetween(50_000_000L, 99_000_000L);
        assertThat(over.bytesPerSecond()).isLessThan(1_000_000L);
    }

    @Test
    void countsAFileBesideItsContent() {
        Speed small = Speed.from(0).at(10 * SECOND, 1000, 1000);

        assertThat(small.secondsFor(1000, 1000)).hasValue(10);
        assertThat(small.secondsFor(0, 1000).orElseThrow()).isBetween(9L, 10L);
    }

    @Test
    void saysNothingOfTheRestBeforeItCanKnow() {
        assertThat(Speed.from(0).secondsFor(1, 1)).isEmpty();
        assertThat(Speed.from(0).at(SECOND / 2, 1_000_000, 5).secondsFor(1, 1)).isEmpty();
        assertThat(Speed.from(0).at(2 * SECOND, 0, 0).secondsFor(1, 1)).isEmpty();
        assertThat(Speed.from(0).at(2 * SECOND, 1, 0).secondsFor(Long.MAX_VALUE, 0))
                .isEmpty();
    }

    @Test
    void staysWhereNoTimePasses() {
        Speed speed = Speed.from(0).at(SECOND, 1000, 1);

        assertThat(speed.at(SECOND, 2000, 2)).isEqualTo(speed);
    }
}
