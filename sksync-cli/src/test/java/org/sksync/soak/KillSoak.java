package org.sksync.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

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
    private static final int MOST_STEPS = 80;

    @TempDir
    private Path temp;

    /** One round with one kill; false if there was nothing to kill any more. */
    private interface Round<T> {
        boolean kill(T moment) throws Exception;
    }

    private static <T> boolean passes(T moment, Round<T> round, List<String> failures) {
        try {
            return round.kill(moment);
        } catch (Exception | AssertionError e) {
            failures.add(moment + ": " + e);
            return true;
        }
    }

    @Test
    void aKilledDaemonLeavesOldOrNewFilesAndItsSuccessorClearsUp() throws Exception {
        randomKills("daemon", kills -> seed -> {
            kills.killDaemon(seed);
            return true;
        });
    }

    @Test
    void aKilledClientLeavesOldOrNewFilesAndItsNextRunClearsUp() throws Exception {
        randomKills("client", kills -> seed -> {
            kills.killClient(seed);
            return true;
        });
    }

    @Test
    void aDaemonKilledAtAnyStepLeavesOldOrNewFiles() throws Exception {
        killsAtEachStep("daemon", kills -> kills::killDaemonAt);
    }

    @Test
    void aClientKilledAtAnyStepLeavesOldOrNewFiles() throws Exception {
        killsAtEachStep("client", kills -> kills::killClientAt);
    }

    private interface Rounds<T> {
        Round<T> of(Kills kills);
    }

    private void randomKills(String victim, Rounds<Long> rounds) throws Exception {
        List<String> failures = new ArrayList<>();
        try (Kills kills = new Kills(temp.toRealPath())) {
            for (long seed : Kills.seeds(KILLS)) {
                passes(seed, rounds.of(kills), failures);
            }
        }
        report(victim + " killed at random moments", KILLS, failures);
    }

    private void killsAtEachStep(String victim, Rounds<Step> rounds) throws Exception {
        assumeThat(Tracer.isAvailable()).as("strace is not installed").isTrue();
        List<String> failures = new ArrayList<>();
        int count = 0;
        try (Kills kills = new Kills(temp.toRealPath())) {
            for (String calls : STEPS) {
                int nth = 1;
                while (nth < MOST_STEPS && passes(new Step(calls, nth), rounds.of(kills), failures)) {
                    nth++;
                    count++;
                }
            }
        }
        report(victim + " killed at each step (rename, fsync, open, ...)", count, failures);
    }

    private static void report(String what, int kills, List<String> failures) throws Exception {
        Figure.of("F12", what)
                .target("no file torn or lost, no temp file after the restart, the next sync converges")
                .reached(kills + " kills, " + failures.size() + " failures")
                .report(failures.isEmpty() && kills > 0);
        assertThat(failures).isEmpty();
    }
}
