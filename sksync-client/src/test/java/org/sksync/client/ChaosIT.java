package org.sksync.client;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sksync.testkit.NoLeaks;

/** A few sessions over a network that fails; repeat one with {@code -Dsksync.seed}, run many with {@code -Psoak}. */
@ExtendWith(NoLeaks.class)
final class ChaosIT {
    private static final int SESSIONS = 60;

    private static ChaosSession session;

    @BeforeAll
    static void makeCertificates() throws Exception {
        session = new ChaosSession();
    }

    static List<Long> seeds() {
        return ChaosSession.seeds(SESSIONS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void nothingIsTornAndARetryConverges(long seed, @TempDir Path temp) throws Exception {
        session.run(seed, ChaosSession.Pace.BRISK, temp.toRealPath());
    }
}
