package org.sksync.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SleepTest {

    private static final long WALL = 1_700_000_000_000L;

    private final Sleep sleep = new Sleep(-5, WALL);

    private boolean noticed(Duration awake, Duration wall) {
        return sleep.noticed(-5 + awake.toNanos(), WALL + wall.toMillis());
    }

    @Test
    void noticesThatTheOtherClockStoodStill() {
        assertThat(noticed(Duration.ofSeconds(15), Duration.ofHours(8))).isTrue();
    }

    @Test
    void noticesItOnce() {
        assertThat(noticed(Duration.ofSeconds(15), Duration.ofHours(8))).isTrue();
        assertThat(noticed(Duration.ofSeconds(30), Duration.ofHours(8).plusSeconds(15)))
                .isFalse();
    }

    @Test
    void takesALongWaitForNoSleep() {
        assertThat(noticed(Duration.ofHours(1), Duration.ofHours(1))).isFalse();
    }

    @Test
    void takesAClockThatIsPutRightForNoSleep() {
        assertThat(noticed(Duration.ofSeconds(15), Duration.ofSeconds(25))).isFalse();
        assertThat(noticed(Duration.ofSeconds(30), Duration.ofSeconds(-3600))).isFalse();
    }
}
