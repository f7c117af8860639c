package org.sksync.server.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Work that blocks does not keep other work waiting for ever. */
class DiskThreadsTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final CountDownLatch disk = new CountDownLatch(1);
    private final List<String> stuck = new CopyOnWriteArrayList<>();
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger done = new AtomicInteger();

    @AfterEach
    void wakeDisk() {
        disk.countDown();
    }

    @Test
    void doesOtherWorkWhileAllItsThreadsAreHeld() {
        DiskThreads threads = threads(2, 2);
        block(threads, 2);
        threads.executor(LIMIT, stuck::add).execute(done::incrementAndGet);

        await().until(() -> {
            pass(LIMIT.toSeconds());
            threads.look();
            return done.get() == 1;
        });

        threads.shutdown();
    }

    @Test
    void tellsOnceWhereTheWorkIs() {
        DiskThreads threads = threads(1, 1);
        block(threads, 1);
        await().until(() -> {
            pass(LIMIT.toSeconds());
            threads.look();
            return !stuck.isEmpty();
        });

        pass(LIMIT.toSeconds());
        threads.look();
        threads.look();

        assertThat(stuck).containsExactly("DiskThreadsTest.readFromDeadDisk");
        threads.shutdown();
    }

    @Test
    void makesUpForNoMoreThanItsBound() {
        DiskThreads threads = threads(1, 1);
        block(threads, 2);
        await().until(() -> {
            pass(LIMIT.toSeconds());
            threads.look();
            return stuck.size() == 2;
        });
        threads.executor(LIMIT, stuck::add).execute(done::incrementAndGet);
        threads.look();
        assertThat(done).hasValue(0);

        disk.countDown();

        await().until(() -> done.get() == 1);
        threads.shutdown();
    }

    @Test
    void leavesWorkAloneThatGetsOn() {
        DiskThreads threads = threads(1, 1);
        threads.executor(LIMIT, stuck::add).execute(() -> {
            for (int i = 0; i < 10; i++) {
                pass(LIMIT.toSeconds() - 1);
                threads.progress();
                threads.look();
            }
            assertThat(stuck).isEmpty();
            pass(LIMIT.toSeconds());
            threads.look();
            done.incrementAndGet();
        });

        await().until(() -> done.get() == 1);
        assertThat(stuck).hasSize(1);
        threads.shutdown();
    }

    @Test
    void looksSeveralTimesInTheTimeThatWorkMayTake() {
        assertThat(DiskThreads.period(LIMIT)).isPositive().isLessThan(LIMIT);
        assertThat(DiskThreads.period(Duration.ofMillis(4))).isEqualTo(Duration.ofMillis(1));
    }

    private DiskThreads threads(int count, int madeUp) {
        return new DiskThreads(count, madeUp, now::get);
    }

    private void pass(long seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private void block(DiskThreads threads, int times) {
        for (int i = 0; i < times; i++) {
            threads.executor(LIMIT, stuck::add).execute(this::readFromDeadDisk);
        }
    }

    private void readFromDeadDisk() {
        try {
            disk.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
