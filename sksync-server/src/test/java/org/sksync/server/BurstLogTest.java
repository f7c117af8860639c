package org.sksync.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class BurstLogTest {

    private final Queue<Runnable> timers = new ArrayDeque<>();
    private final List<String> lines = new ArrayList<>();
    private final BurstLog log = new BurstLog(
            Duration.ofSeconds(10),
            (task, delay) -> {
                assertThat(delay).isEqualTo(Duration.ofSeconds(10));
                timers.add(task);
            },
            lines::add);

    @Test
    void writesASingleLineAndNothingAfterIt() {
        log.add("refused", 1, "a refused");
        timers.remove().run();

        assertThat(lines).containsExactly("a refused");
        assertThat(timers).isEmpty();
    }

    @Test
    void sumsUpWhatIsMoreThanAllowed() {
        for (String peer : List.of("a", "b", "c", "d")) {
            log.add("refused", 2, peer + " refused");
        }
        assertThat(lines).containsExactly("a refused", "b refused");

        timers.remove().run();
        assertThat(lines).containsExactly("a refused", "b refused", "2 more within 10 s: refused; the last: d refused");
    }

    @Test
    void beginsAnewAfterAPeriod() {
        log.add("refused", 1, "a refused");
        timers.remove().run();
        log.add("refused", 1, "b refused");

        assertThat(lines).containsExactly("a refused", "b refused");
        assertThat(timers).hasSize(1);
    }

    @Test
    void countsEachKindOfItsOwn() {
        log.add("refused", 1, "a refused");
        log.add("failed", 1, "b failed");
        log.add("refused", 1, "c refused");

        assertThat(lines).containsExactly("a refused", "b failed");
    }
}
