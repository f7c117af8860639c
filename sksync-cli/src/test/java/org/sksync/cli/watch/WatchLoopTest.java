package org.sksync.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What brings a sync, and what does not; with short times, of which none is asserted. */
class WatchLoopTest {

    private static final Path FILE = Path.of("notes", "a.txt");
    private static final Path OWN = Path.of("notes", "own.txt");

    private final Changes changes = new Changes(System::nanoTime);
    private final AtomicInteger syncs = new AtomicInteger();
    private final Set<Path> left = ConcurrentHashMap.newKeySet();
    private final Queue<Outcome> outcomes = new ArrayDeque<>();
    private final CountDownLatch mayEnd = new CountDownLatch(1);
    private volatile boolean holdsSecond;
    private volatile Outcome end = Outcome.DONE;
    private final Thread thread = new Thread(this::run, "loop");

    private void run() {
        WatchLoop.Syncing syncing = new WatchLoop.Syncing() {
            @Override
            public Outcome sync() {
                int number = syncs.incrementAndGet();
                if (holdsSecond && number == 2) {
                    try {
                        mayEnd.await();
                    } catch (InterruptedException e) {
                        return Outcome.INTERRUPTED;
                    }
                }
                return outcomes.isEmpty() ? Outcome.DONE : outcomes.remove();
            }

            @Override
            public boolean isChange(Path file) {
                return !left.contains(file);
            }

            @Override
            public boolean hearsChanges() {
                return true;
            }
        };
        try {
            end = new WatchLoop(
                            syncing,
                            changes,
                            Intervals.of(Duration.ZERO, Duration.ofMillis(20)),
                            System::nanoTime,
                            Clock.systemUTC(),
                            new Random(1))
                    .run();
        } catch (InterruptedException e) {
            end = Outcome.INTERRUPTED;
        }
    }

    private void awaitSyncs(int number) {
        await().until(() -> syncs.get() >= number);
    }

    @AfterEach
    void stop() throws InterruptedException {
        mayEnd.countDown();
        thread.interrupt();
        thread.join();
    }

    @Test
    void syncsAtTheStartAndOnAChange() {
        thread.start();
        awaitSyncs(1);

        changes.changed(FILE);

        awaitSyncs(2);
        assertThat(syncs).hasValue(2);
    }

    @Test
    void aFileAsTheLastSyncHasLeftItBringsNone() {
        left.add(OWN);
        thread.start();
        awaitSyncs(1);

        changes.changed(OWN);
        changes.changed(FILE);
        awaitSyncs(2);
        changes.changed(OWN);
        changes.changedSomewhere();
        awaitSyncs(3);

        assertThat(syncs).hasValue(3);
    }

    @Test
    void aChangeDuringASyncBringsAnother() {
        holdsSecond = true;
        thread.start();
        awaitSyncs(1);
        changes.changed(FILE);
        awaitSyncs(2);

        changes.changed(FILE);
        mayEnd.countDown();

        awaitSyncs(3);
    }

    @Test
    void endsWhereNothingCanChange() throws Exception {
        outcomes.addAll(List.of(Outcome.REFUSED));
        thread.start();
        thread.join();

        assertThat(end).isEqualTo(Outcome.REFUSED);
        assertThat(syncs).hasValue(1);
    }

    @Test
    void countsNoChangesBeyondWhatMatters() {
        for (int i = 0; i < 20_000; i++) {
            changes.changed(Path.of("f" + i));
        }

        Changes.Seen seen = changes.take();

        assertThat(seen.files()).hasSizeLessThan(20_000);
        assertThat(seen.somewhere()).isTrue();
        assertThat(changes.take().somewhere()).isFalse();
    }

    @Test
    void refusesANegativeTime() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> Intervals.of(Duration.ofSeconds(-1), Duration.ZERO));
    }
}
