package org.sksync.transport.transfer;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SerialExecutorTest {

    private final ManualExecutor pool = new ManualExecutor();
    private final SerialExecutor serial = new SerialExecutor(pool, 0);
    private final List<String> ran = new ArrayList<>();

    @Test
    void runsInOrderAndNeverTwoAtATimeOnAPoolOfManyThreads() throws InterruptedException {
        int tasks = 10_000;
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            SerialExecutor executor = new SerialExecutor(threads);
            ConcurrentLinkedQueue<Integer> order = new ConcurrentLinkedQueue<>();
            AtomicInteger running = new AtomicInteger();
            AtomicInteger mostRunning = new AtomicInteger();
            CountDownLatch done = new CountDownLatch(tasks);

            for (int i = 0; i < tasks; i++) {
                int number = i;
                executor.execute(() -> {
                    mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
                    order.add(number);
                    running.decrementAndGet();
                    done.countDown();
                });
            }

            assertThat(done.await(30, SECONDS)).isTrue();
            assertThat(order)
                    .containsExactlyElementsOf(IntStream.range(0, tasks).boxed().toList());
            assertThat(mostRunning).hasValue(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void takesOneThreadOfThePoolAtATime() {
        serial.execute(() -> ran.add("a"));
        serial.execute(() -> ran.add("b"));
        assertThat(pool.waiting()).isEqualTo(1);

        pool.step();
        assertThat(ran).containsExactly("a");
        assertThat(pool.waiting()).isEqualTo(1);

        pool.step();
        assertThat(ran).containsExactly("a", "b");
        assertThat(pool.waiting()).isZero();
    }

    @Test
    void keepsAThreadForSeveralTasksWithinItsTurn() {
        SerialExecutor patient = new SerialExecutor(pool, TimeUnit.HOURS.toNanos(1));
        patient.execute(() -> ran.add("a"));
        patient.execute(() -> ran.add("b"));
        pool.step();

        assertThat(ran).containsExactly("a", "b");
        assertThat(pool.waiting()).isZero();
    }

    @Test
    void startsAnewAfterAPause() {
        serial.execute(() -> ran.add("a"));
        pool.runAll();
        serial.execute(() -> ran.add("b"));
        pool.runAll();

        assertThat(ran).containsExactly("a", "b");
    }

    @Test
    void runsATaskThatATaskAddsAfterIt() {
        serial.execute(() -> {
            serial.execute(() -> ran.add("inner"));
            ran.add("outer");
        });
        pool.runAll();

        assertThat(ran).containsExactly("outer", "inner");
    }

    @Test
    void runsTheNextTaskAfterOneThatThrew() {
        serial.execute(() -> {
            throw new IllegalStateException("of the task");
        });
        serial.execute(() -> ran.add("b"));

        assertThatIllegalStateException().isThrownBy(pool::step);
        pool.step();

        assertThat(ran).containsExactly("b");
    }

    @Test
    void refusesEachTaskOnceThePoolTakesNoMore() {
        pool.shut();

        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> serial.execute(() -> ran.add("a")));
        assertThatExceptionOfType(RejectedExecutionException.class)
                .isThrownBy(() -> serial.execute(() -> ran.add("b")));
        assertThat(ran).isEmpty();
    }

    @Test
    void finishesWhatItHasTakenWhenThePoolTakesNoMore() {
        serial.execute(() -> ran.add("a"));
        serial.execute(() -> ran.add("b"));
        serial.execute(() -> ran.add("c"));
        pool.shut();

        pool.step();

        assertThat(ran).containsExactly("a", "b", "c");
    }

    @Test
    void finishesWhatItHasTakenEvenIfATaskThrowsWhenThePoolTakesNoMore() {
        serial.execute(() -> ran.add("a"));
        serial.execute(() -> {
            throw new IllegalStateException("of the task");
        });
        serial.execute(() -> ran.add("c"));
        pool.shut();

        assertThatIllegalStateException().isThrownBy(pool::step);

        assertThat(ran).containsExactly("a", "c");
    }

    @Test
    void finishesAnyNumberOfTasksWhenThePoolTakesNoMore() {
        int tasks = 100_000;
        for (int i = 0; i < tasks; i++) {
            serial.execute(() -> ran.add("a"));
        }
        pool.shut();

        pool.step();

        assertThat(ran).hasSize(tasks);
    }

    @Test
    void runsOnAPoolThatRunsAtOnce() {
        SerialExecutor atOnce = new SerialExecutor(Runnable::run);

        atOnce.execute(() -> atOnce.execute(() -> ran.add("a")));
        atOnce.execute(() -> ran.add("b"));

        assertThat(ran).containsExactly("a", "b");
    }
}
