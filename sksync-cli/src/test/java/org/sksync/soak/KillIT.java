package org.sksync.soak;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Kills at random moments; repeat one with {@code -Dsksync.seed}, do many with {@code -Psoak}. */
class KillIT {
    private static final int ROUNDS = Integer.getInteger("sksync.kills", 50);

    private static Kills kills;

    @BeforeAll
    static void start(@TempDir Path base) throws Exception {
        kills = new Kills(base.toRealPath());
    }

    @AfterAll
    static void stop() {
        kills.close();
    }

    static List<Long> seeds() {
        return Kills.seeds(ROUNDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aKilledDaemonLeavesOldOrNewFilesAndItsSuccessorClearsUp(long seed) throws Exception {
        kills.killDaemon(seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aKilledClientLeavesOldOrNewFilesAndItsNextRunClearsUp(long seed) throws Exception {
        kills.killClient(seed);
    }
}
