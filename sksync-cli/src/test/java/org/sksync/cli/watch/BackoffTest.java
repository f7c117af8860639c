package org.sksync.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void waitsForAPartOfTheTimeByChance() {
        Set<Long> waits = new HashSet<>();
        for (int seed = 0; seed < 100; seed++) {
            long nanos = new Backoff(new Random(seed)).failedNanos();
            assertThat(Duration.ofNanos(nanos)).isBetween(Duration.ofMillis(500), Duration.ofSeconds(1));
            waits.add(nanos);
        }

        assertThat(waits).hasSizeGreaterThan(50);
    }

    @Test
    void neverWaitsForMoreThanFiveMinutes() {
        Backoff backoff = new Backoff(new Random(1));
        for (int failure = 0; failure < 100; failure++) {
            assertThat(Duration.ofNanos(backoff.failedNanos())).isLessThanOrEqualTo(Duration.ofMinutes(5));
        }
        assertThat(Duration.ofNanos(backoff.failedNanos())).isGreaterThanOrEqualTo(Duration.ofSeconds(150));
    }
}
