package org.sksync.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.files.path.AllowedRoots;
import org.sksync.files.path.OutsidePolicy;
import org.sksync.files.store.KeepReplaced;
import org.sksync.files.store.PathLocks;

class HousekeepingTest {

    private static final String DEAD = "0123456789abcdef0123456789abcdef";

    @Test
    @Timeout(value = 30, unit = TimeUnit.SECONDS)
    void endsAtOnceWhenItIsClosedDuringARest(@TempDir Path temp) throws Exception {
        Path staging = Files.createDirectory(temp.resolve(".sksync"));
        Path left = Files.createFile(staging.resolve(DEAD + "-" + "0".repeat(32) + ".part"));
        Files.createFile(staging.resolve(DEAD + ".lock"));
        AtomicLong readings = new AtomicLong();
        CompletableFuture<Thread> worked = new CompletableFuture<>();

        Housekeeping housekeeping = Housekeeping.start(
                () -> AllowedRoots.of(List.of(temp.toString()), OutsidePolicy.DENY),
                new PathLocks(),
                () -> KeepReplaced.OFF,
                Clock.systemUTC(),
                () -> {
                    // An hour passes between any two looks at the time, so that the longest rest comes at the second.
                    if (readings.incrementAndGet() == 2) {
                        worked.complete(Thread.currentThread());
                    }
                    return TimeUnit.HOURS.toNanos(readings.get());
                });
        Thread thread = worked.get();
        while (thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.onSpinWait();
        }
        housekeeping.close();
        thread.join();

        assertThat(left).exists();
    }
}
