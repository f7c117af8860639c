package org.sksync.soak;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.soak.Words.Dawdling;
import org.sksync.testkit.figures.Figure;
import org.sksync.testkit.load.LoadClient;

/** What a daemon still holds after clients of every kind have come and gone. */
@Tag("F19")
class LeakSoak {
    private static final int ROUNDS = 5;
    private static final int EACH = 40;
    private static final int TOLERANCE = 5;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    private Path temp;

    @Test
    void nothingIsLeftOfThoseWhoHaveGone() throws Exception {
        Path home = temp.toRealPath();
        Path large = Files.createDirectories(home.resolve("large"));
        Files.write(large.resolve("file"), new byte[4 << 20]);
        Path drop = Files.createDirectories(home.resolve("drop"));
        Daemon.Setup setup = Daemon.serving(home)
                .tls()
                .admitting(EACH * 20)
                .vm("-Xmx256m", "-Dio.netty.leakDetection.level=paranoid", "-Dio.netty.leakDetection.targetRecords=32");
        try (Daemon daemon = setup.start();
                Honest honest = new Honest(daemon, home)) {
            // The first round makes what is made once: threads, arenas.
            comeAndGo(daemon, honest, large, drop);
            int fds = daemon.fds();
            int threads = daemon.threads();
            for (int round = 1; round < ROUNDS; round++) {
                comeAndGo(daemon, honest, large, drop);
            }
            long heap = Jcmd.usedHeapBytesAfterGc(daemon.program().pid());
            // What was leaked is told when the next buffers are made.
            honest.syncFor(Duration.ofSeconds(5));
            int fdsLeft = daemon.fds() - fds;
            int threadsLeft = daemon.threads() - threads;
            Optional<String> leak = daemon.fault();

            Figure.of("F19", "after " + ROUNDS * EACH * Dawdling.values().length + " clients that went in all states")
                    .target("0 LEAK lines at paranoid; descriptors and threads as before, +-5")
                    .reached(String.format(
                            "%s, %+d descriptors, %+d threads, heap after GC %d MB",
                            leak.orElse("0 LEAK lines"), fdsLeft, threadsLeft, heap >> 20))
                    .report(leak.isEmpty() && Math.abs(fdsLeft) <= TOLERANCE && Math.abs(threadsLeft) <= TOLERANCE);
        }
    }

    private static void comeAndGo(Daemon daemon, Honest honest, Path large, Path drop) throws Exception {
        try (LoadClient raw = LoadClient.of(daemon.port());
                LoadClient tls =
                        LoadClient.of(daemon.port()).tls(daemon.clientTls().orElseThrow())) {
            for (Dawdling state : Dawdling.values()) {
                Path directory = state == Dawdling.STALLED_READER ? large : drop;
                (state == Dawdling.TLS ? raw : tls).open(EACH, state.script(directory, "file"), 20, LIMIT);
            }
            honest.sync();
        }
        honest.sync();
        TimeUnit.SECONDS.sleep(2);
    }
}
