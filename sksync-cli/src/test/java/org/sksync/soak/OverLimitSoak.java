package org.sksync.soak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.client.report.SyncFailedException;
import org.sksync.testkit.figures.Figure;
import org.sksync.testkit.load.LoadClient;
import org.sksync.testkit.load.Script;

/** Far more connections than the daemon admits. */
@Tag("F3")
class OverLimitSoak {
    private static final int ATTEMPTS = Integer.getInteger("soak.attempts", 20_000);
    private static final Duration WATCHED = Duration.ofSeconds(5);
    private static final Duration RECOVERY = Duration.ofSeconds(5);

    @TempDir
    private Path temp;

    @Test
    void costLittleAndAreForgottenOnceTheyLeave() throws Exception {
        Path home = temp.toRealPath();
        try (Daemon daemon =
                        Daemon.serving(home).openingSeconds(600).vm("-Xmx256m").start();
                Honest honest = new Honest(daemon, home)) {
            honest.sync();
            double cores;
            int held;
            try (LoadClient load = LoadClient.of(daemon.port()).from(100)) {
                load.open(ATTEMPTS, Script.SILENT, 500, Duration.ofSeconds(10));
                TimeUnit.SECONDS.sleep(2);
                held = load.held();
                Duration before = daemon.cpu();
                TimeUnit.MILLISECONDS.sleep(WATCHED.toMillis());
                cores = (double) daemon.cpu().minus(before).toMillis() / WATCHED.toMillis();
            }
            Duration recovered = untilOneWorks(honest);

            Figure.of("F3", ATTEMPTS + " connections at once, from 100 addresses")
                    .target("< 20 % of a core once settled; a sync works within 5 s after they leave")
                    .reached(String.format(
                            "%d held, %.1f %% of a core, a sync worked after %.1f s%s",
                            held, cores * 100, recovered.toMillis() / 1000.0, daemon.faultText()))
                    .report(cores < 0.2
                            && recovered.compareTo(RECOVERY) <= 0
                            && daemon.fault().isEmpty());
        }
    }

    private static Duration untilOneWorks(Honest honest) throws Exception {
        long start = System.nanoTime();
        for (int attempt = 0; attempt < 100; attempt++) {
            try {
                honest.sync();
                return Duration.ofNanos(System.nanoTime() - start);
            } catch (SyncFailedException e) {
                TimeUnit.MILLISECONDS.sleep(200);
            }
        }
        return Duration.ofDays(1);
    }
}
