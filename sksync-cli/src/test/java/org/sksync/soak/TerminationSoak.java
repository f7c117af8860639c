package org.sksync.soak;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.testkit.figures.Figure;
import org.sksync.testkit.load.LoadClient;
import org.sksync.testkit.trees.TwoTrees;

/** A daemon that is told to stop in the middle of everything. */
@Tag("F22")
class TerminationSoak {
    private static final int SESSIONS = 100;
    private static final Duration TARGET = Duration.ofSeconds(10);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path temp;

    @Test
    void stopsInTimeAndLeavesNoTempFiles() throws Exception {
        Path home = temp.toRealPath();
        Path drop = Files.createDirectories(home.resolve("drop"));
        Path large = Files.createDirectories(home.resolve("large"));
        Files.write(large.resolve("file"), new byte[16 << 20]);
        try (Daemon daemon = Daemon.serving(home).start();
                LoadClient load = LoadClient.of(daemon.port())) {
            load.open(SESSIONS / 2, Words.Dawdling.BODY.script(drop, "file"), 20, LIMIT);
            load.open(SESSIONS / 2, Words.Dawdling.STALLED_READER.script(large, ""), 20, LIMIT);
            int running = load.held();
            int temps = TwoTrees.leftovers(drop).size();
            long start = System.nanoTime();
            daemon.program().terminate();
            int exitCode = daemon.program().exitCode(LIMIT);
            Duration took = Duration.ofNanos(System.nanoTime() - start);
            List<String> left = new ArrayList<>(TwoTrees.leftovers(drop));
            left.addAll(TwoTrees.leftovers(large));

            Figure.of("F22", "SIGTERM with " + SESSIONS + " sessions that would go on for ever")
                    .target("exit within 10 s, 0 temp files")
                    .reached(String.format(
                            "%d sessions with %d temp files; exit code %d after %.1f s, %d temp files",
                            running, temps, exitCode, took.toMillis() / 1000.0, left.size()))
                    .report(running == SESSIONS && temps > 0 && left.isEmpty() && took.compareTo(TARGET) <= 0);
        }
    }
}
