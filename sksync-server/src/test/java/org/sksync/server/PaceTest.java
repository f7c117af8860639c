package org.sksync.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.files.scan.ScanDepth;
import org.sksync.files.store.KeepReplaced;
import org.sksync.files.store.PathLocks;
import org.sksync.files.store.Tidying;

class PaceTest {

    private final List<Duration> rests = new ArrayList<>();
    private Duration now = Duration.ofDays(-1);
    private boolean stopping;
    private final Pace pace = new Pace(() -> now.toNanos(), nanos -> {
        if (nanos > 0) {
            rests.add(Duration.ofNanos(nanos));
            now = now.plusNanos(nanos);
        }
        return stopping;
    });

    private boolean isStoppedAfter(Duration work) {
        now = now.plus(work);
        return pace.getAsBoolean();
    }

    @Test
    void restsNineTimesAsLongAsTidyingWorks(@TempDir Path temp) throws Exception {
        Path root = temp.toRealPath();
        for (int i = 0; i < 100; i++) {
            Files.createDirectory(root.resolve("dir" + i));
        }
        Duration began = now;
        Duration step = Duration.ofMillis(10);
        int[] steps = new int[1];

        Tidying.tidy(root, ScanDepth.TREE, new PathLocks(), KeepReplaced.OFF, Instant.EPOCH, () -> {
            steps[0]++;
            return isStoppedAfter(step);
        });

        assertThat(steps[0]).isGreaterThan(100);
        assertThat(now.minus(began)).isEqualTo(step.multipliedBy(10L * steps[0]));
    }

    @Test
    void restsSeldomRatherThanAfterEachShortStep() {
        for (int i = 0; i < 1000; i++) {
            assertThat(isStoppedAfter(Duration.ofNanos(100_000))).isFalse();
        }

        assertThat(rests).hasSize(10).containsOnly(Duration.ofMillis(90));
    }

    @Test
    void restsForAMinuteAtMost() {
        isStoppedAfter(Duration.ofHours(8));

        assertThat(rests).containsExactly(Duration.ofMinutes(1));
    }

    @Test
    void doesNotRestOnceTheWorkIsToStop() {
        stopping = true;

        assertThat(isStoppedAfter(Duration.ofSeconds(1))).isTrue();
        assertThat(rests).isEmpty();
    }

    @Test
    void tellsOfAStopThatComesDuringARest() {
        Pace stoppedInRest = new Pace(() -> now.toNanos(), nanos -> nanos > 0);
        assertThat(stoppedInRest.getAsBoolean()).isFalse();
        now = now.plusSeconds(1);

        assertThat(stoppedInRest.getAsBoolean()).isTrue();
    }

    @Test
    void stopsTheWorkOfAnInterruptedThread() {
        Pace interrupted = new Pace(() -> now.toNanos(), nanos -> {
            throw new InterruptedException();
        });

        assertThat(interrupted.getAsBoolean()).isTrue();
        assertThat(Thread.interrupted()).isTrue();
    }
}
