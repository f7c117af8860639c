package org.sksync.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.testkit.figures.Figure;

/** Many kills at random moments, and one at each step of a commit. */
@Tag("F12")
class KillSoak {
    private static final int KILLS = Integer.getInteger("soak.kills", 1_000);
    private static final List<String> STEPS = List.of(
            "rename,renameat,renameat2",
            "fsync,fdatasync",
            "utimensat",
            "openat",
            "mkdir,mkdirat",
            "link,linkat",
            "unlink,unlinkat,rmdir",
            "chmod,fchmod,fchmodat");
    /** More than a thread of a sync of six files makes of any of them. */
    private static final int MOST_STEPS = 40;

    private static final int MOST_FAILURES = 20;

    @TempDir
    private Path temp;

    /** One round with one kill; false if there was nothing to kill any more. */
    private interface Round<T> {
        boolean kill(Kills kills, T moment) throws Exception;
    }

    /** Rounds one after another; after one that failed they go on with a fresh daemon and fresh trees. */
    private final class Rounds<T> implements AutoCloseable {
        private final Round<T> round;
        private final List<String> failures = new ArrayList<>();
        private Kills kills;
        private int count;

        Rounds(Round<T> round) throws IOException {
            this.round = round;
            this.kills = newKills();
        }

        boolean kill(T moment) throws IOException {
            boolean killed;
            try {
                killed = round.kill(kills, moment);
            } catch (Exception | AssertionError e) {
                failures.add(moment + ": " + e);
                kills.close();
                kills = newKills();
                killed = true;
            }
            count += killed ? 1 : 0;
            return killed && failures.size() < MOST_FAILURES;
        }

        private Kills newKills() throws IOException {
            return new Kills(Files.createTempDirectory(temp.toRealPath(), "kills"));
        }

        void report(String what) throws IOException {
            Figure.of("F12", what)
                    .target("no file torn or lost, no temp file after the restart, the next sync converges")
                    .reached(count + " kills, " + failures.size() + " failures")
                    .report(failures);
            assertThat(count).isPositive();
        }

        @Override
        public void close() {
            kills.close();
        }
    }

    @Test
    void aKilledDaemonLeavesOldOrNewFilesAndItsSuccessorClearsUp() throws Exception {
        randomKills("daemon", Kills::killDaemon);
    }

    @Test
    void aKilledClientLeavesOldOrNewFilesAndItsNextRunClearsUp() throws Exception {
        randomKills("client", Kills::killClient);
    }

    @Test
    void aDaemonKilledAtAnyStepLeavesOldOrNewFiles() throws Exception {
        killsAtEachStep("daemon", Kills::killDaemonAt);
    }

    @Test
    void aClientKilledAtAnyStepLeavesOldOrNewFiles() throws Exception {
        killsAtEachStep("client", Kills::killClientAt);
    }

    private void randomKills(String victim, Round<Long> round) throws Exception {
        try (Rounds<Long> rounds = new Rounds<>(round)) {
            for (long seed : Kills.seeds(KILLS)) {
                if (!rounds.kill(seed)) {
                    break;
                }
            }
            rounds.report(victim + " killed at random moments");
        }
    }

    private void killsAtEachStep(String victim, Round<Step> round) throws Exception {
        assumeThat(Tracer.isAvailable()).as("strace is not installed").isTrue();
        try (Rounds<Step> rounds = new Rounds<>(round)) {
            for (String calls : STEPS) {
                int nth = 1;
                while (nth <= MOST_STEPS && rounds.kill(new Step(calls, nth))) {
                    nth++;
                }
            }
            rounds.report(victim + " killed at each step (rename, fsync, open, ...)");
        }
    }
}
