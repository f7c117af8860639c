package org.sksync.client;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.figures.Figure;

/** Many sessions over a network that fails, some of them at a time, some of them over a slow one. */
@ExtendWith(NoLeaks.class)
final class ChaosSoak {
    private static final int SESSIONS = Integer.getInteger("soak.sessions", 500);
    private static final int AT_ONCE = 6;
    private static final int EVERY_SLOW = 5;

    @Test
    @Tag("F18")
    void treesAreEqualAfterARetry(@TempDir Path temp) throws Exception {
        Path base = temp.toRealPath();
        ChaosSession session = new ChaosSession();
        ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE);
        List<String> failures = new ArrayList<>();
        try {
            List<Long> seeds = ChaosSession.seeds(SESSIONS);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                long seed = seeds.get(i);
                Path directory = Files.createDirectory(base.resolve("session" + i));
                ChaosSession.Pace pace = i % EVERY_SLOW == 0 ? ChaosSession.Pace.SLOW : ChaosSession.Pace.BRISK;
                running.add(callers.submit(() -> {
                    session.run(seed, pace, directory);
                    return null;
                }));
            }
            for (int i = 0; i < SESSIONS; i++) {
                try {
                    running.get(i).get();
                } catch (ExecutionException e) {
                    failures.add("seed " + seeds.get(i) + ": " + e.getCause());
                }
            }
        } finally {
            callers.shutdownNow();
        }

        Figure.of("F18", "network chaos: cuts, resets, slices of 1-7 bytes, 64 KiB/s, 200 ms")
                .target(SESSIONS + " sessions, trees equal after a retry")
                .reached(SESSIONS - failures.size() + " of " + SESSIONS)
                .report(failures);
    }
}
