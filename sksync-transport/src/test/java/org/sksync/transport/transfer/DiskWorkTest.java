package org.sksync.transport.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class DiskWorkTest {

    private final ManualExecutor serial = new ManualExecutor();
    private final ManualExecutor owner = new ManualExecutor();
    private final List<Object> told = new ArrayList<>();
    private final DiskWork work = new DiskWork(serial, owner, told::add);

    @Test
    void runsOffTheOwnerThreadAndTellsTheResultOnIt() {
        work.run(() -> "result", told::add);
        assertThat(told).isEmpty();

        serial.step();
        assertThat(told).isEmpty();

        owner.step();
        assertThat(told).containsExactly("result");
    }

    @Test
    void tellsResultsInTheOrderOfTheWork() {
        work.run(() -> 1, told::add);
        work.run(() -> told.add("between"));
        work.run(() -> 2, told::add);
        serial.runAll();
        owner.runAll();

        assertThat(told).containsExactly("between", 1, 2);
    }

    @Test
    void tellsNobodyOfWorkWithoutAResult() {
        work.run(() -> {});
        serial.runAll();

        assertThat(owner.waiting()).isZero();
    }

    @Test
    void tellsOnTheOwnerThreadWhatWorkHasThrown() {
        IOException thrown = new IOException("disk");
        work.run(
                () -> {
                    throw thrown;
                },
                told::add);
        serial.runAll();
        assertThat(told).isEmpty();

        owner.runAll();
        assertThat(told).containsExactly(thrown);
    }

    @Test
    void tellsOfAnErrorAsOfAnException() {
        Error thrown = new OutOfMemoryError("direct");
        work.run(() -> {
            throw thrown;
        });
        serial.runAll();
        owner.runAll();

        assertThat(told).containsExactly(thrown);
    }

    @Test
    void goesOnAfterWorkThatThrew() {
        work.run(() -> {
            throw new IOException("disk");
        });
        work.run(() -> "result", told::add);
        serial.runAll();
        owner.runAll();

        assertThat(told).hasSize(2).last().isEqualTo("result");
    }

    @Test
    void tellsWhatTheTakerOfAResultHasThrown() {
        IllegalStateException thrown = new IllegalStateException("of the session");
        work.run(() -> "result", result -> {
            throw thrown;
        });
        serial.runAll();
        owner.runAll();

        assertThat(told).containsExactly(thrown);
    }

    @Test
    void tellsOnTheOwnerThreadThatWorkWasRefused() {
        serial.shut();

        work.run(() -> "never", told::add);
        assertThat(told).isEmpty();
        owner.runAll();

        assertThat(told).singleElement().isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void survivesAnOwnerThatIsGone() {
        work.run(() -> "result", told::add);
        work.run(() -> {
            throw new IOException("disk");
        });
        owner.shut();

        serial.runAll();

        assertThat(told).isEmpty();
    }
}
