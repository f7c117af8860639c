package org.sksync.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.client.SkSyncClient;
import org.sksync.client.report.SyncListener;
import org.sksync.client.report.SyncReport;
import org.sksync.testkit.Trees;
import org.sksync.testkit.figures.Figure;

/** Hundreds of clients that sync at the same time, each its own folder. */
@Tag("F4")
class ManySyncsSoak {
    private static final int CLIENTS = Integer.getInteger("soak.clients", 200);
    private static final int FILES = 50;
    private static final int FILE_BYTES = 64 * 1024;

    @TempDir
    private Path temp;

    @Test
    void allGetThroughInTheClear() throws Exception {
        syncAll(Daemon.serving(temp.toRealPath()));
    }

    @Test
    void allGetThroughInTls() throws Exception {
        syncAll(Daemon.serving(temp.toRealPath()).tls());
    }

    private void syncAll(Daemon.Setup setup) throws Exception {
        Path home = temp.toRealPath();
        for (int i = 0; i < CLIENTS; i++) {
            fill(home.resolve("client" + i), "c", i);
            fill(home.resolve("server" + i), "s", -1 - i);
        }
        setup.admitting(CLIENTS + 10).vm("-Xmx256m", "-XX:MaxDirectMemorySize=128m");
        List<String> failures;
        long start = System.nanoTime();
        Duration took;
        long peak;
        String kind;
        try (Daemon daemon = setup.start()) {
            kind = daemon.clientTls().isPresent() ? "TLS" : "plain";
            failures = syncAll(daemon, home);
            failures.addAll(daemon.complaints());
            took = Duration.ofNanos(System.nanoTime() - start);
            peak = daemon.peakRssBytes();
        }
        for (int i = 0; i < CLIENTS; i++) {
            List<String> differences = Trees.differences(home.resolve("server" + i), home.resolve("client" + i));
            if (!differences.isEmpty()) {
                failures.add("client " + i + ": " + differences.size() + " differences, " + differences.get(0));
            }
        }
        Figure.of("F4", CLIENTS + " clients at once, " + FILES + " files of 64 KiB each way, " + kind)
                .target("0 errors, all bytes equal, -Xmx256m, 128 MB of direct memory")
                .reached(String.format(
                        "%d errors, %.1f s, peak RSS %d MB", failures.size(), took.toMillis() / 1000.0, peak >> 20))
                .report(failures);
    }

    private static List<String> syncAll(Daemon daemon, Path home) throws InterruptedException {
        List<String> failures = new ArrayList<>();
        ExecutorService callers = Executors.newFixedThreadPool(CLIENTS);
        try {
            List<Future<SyncReport>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                Path mine = home.resolve("client" + i);
                Path theirs = home.resolve("server" + i);
                running.add(callers.submit(() -> {
                    try (SkSyncClient client = new SkSyncClient()) {
                        return client.sync(daemon.profile(mine, theirs), SyncListener.NONE);
                    }
                }));
            }
            for (int i = 0; i < CLIENTS; i++) {
                try {
                    SyncReport report = running.get(i).get();
                    if (report.sentFiles() != FILES || report.receivedFiles() != FILES) {
                        failures.add("client " + i + ": sent " + report.sentFiles() + ", received "
                                + report.receivedFiles() + ", skipped " + report.skipped());
                    }
                } catch (ExecutionException e) {
                    failures.add("client " + i + ": " + e.getCause());
                }
            }
        } finally {
            callers.shutdownNow();
        }
        return failures;
    }

    private static void fill(Path directory, String prefix, long seed) throws IOException {
        Files.createDirectories(directory);
        Random random = new Random(seed);
        byte[] content = new byte[FILE_BYTES];
        for (int i = 0; i < FILES; i++) {
            random.nextBytes(content);
            Files.write(directory.resolve(prefix + i), content);
        }
    }
}
