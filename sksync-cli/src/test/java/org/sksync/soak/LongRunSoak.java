package org.sksync.soak;

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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.client.SkSyncClient;
import org.sksync.client.report.SyncListener;
import org.sksync.testkit.Trees;
import org.sksync.testkit.figures.Figure;

/** Clients that change and sync their folders for hours ({@code -Dsoak.minutes}, ten unless told otherwise). */
@Tag("F20")
class LongRunSoak {
    private static final int CLIENTS = 20;
    private static final Duration LENGTH = Duration.ofMinutes(Long.getLong("soak.minutes", 10));
    private static final int SAMPLES = 40;
    private static final double MOST_MIB_PER_HOUR = 1;

    @TempDir
    private Path temp;

    @Test
    void theHeapDoesNotGrow() throws Exception {
        Path home = temp.toRealPath();
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong syncs = new AtomicLong();
        ExecutorService callers = Executors.newFixedThreadPool(CLIENTS);
        List<String> failures = new ArrayList<>();
        List<Long> heap = new ArrayList<>();
        try (Daemon daemon = Daemon.serving(home).vm("-Xmx256m").start()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int client = i;
                running.add(callers.submit(() -> {
                    work(daemon, home.resolve("client" + client), home.resolve("server" + client), over, syncs);
                    return null;
                }));
            }
            for (int i = 0; i < SAMPLES; i++) {
                TimeUnit.MILLISECONDS.sleep(LENGTH.toMillis() / SAMPLES);
                heap.add(Jcmd.usedHeapBytesAfterGc(daemon.program().pid()));
            }
            over.set(true);
            for (Future<?> each : running) {
                try {
                    each.get();
                } catch (ExecutionException e) {
                    failures.add(String.valueOf(e.getCause()));
                }
            }
        } finally {
            over.set(true);
            callers.shutdownNow();
        }
        double grown = slope(heap.subList(SAMPLES / 2, SAMPLES)) * (SAMPLES / 2) / (1 << 20);
        double hours = LENGTH.toMillis() / 2.0 / 3_600_000;
        Figure.of("F20", CLIENTS + " clients for " + LENGTH.toMinutes() + " minutes, -Xmx256m")
                .target(
                        "0 errors; heap after GC grows by less than 1 MB an hour (in a run below two hours: by less than"
                                + " 1 MB), in the second half")
                .reached(String.format(
                        "%d syncs, %d errors, %+.2f MB in the second half, %+.2f MB an hour, %d MB at the end",
                        syncs.get(), failures.size(), grown, grown / hours, heap.get(SAMPLES - 1) >> 20))
                .report(failures.isEmpty() && grown < Math.max(MOST_MIB_PER_HOUR, MOST_MIB_PER_HOUR * hours));
    }

    /** Changes a file on each side, syncs, and looks whether both are the same now. */
    private static void work(Daemon daemon, Path mine, Path theirs, AtomicBoolean over, AtomicLong syncs)
            throws Exception {
        Files.createDirectories(mine);
        Files.createDirectories(theirs);
        Random random = new Random(mine.hashCode());
        try (SkSyncClient client = new SkSyncClient()) {
            while (!over.get()) {
                byte[] content = new byte[random.nextInt(100_000)];
                random.nextBytes(content);
                Files.write(mine.resolve("mine " + random.nextInt(30)), content);
                Files.write(theirs.resolve("theirs " + random.nextInt(30)), content);
                client.sync(daemon.profile(mine, theirs), SyncListener.NONE);
                syncs.incrementAndGet();
            }
            client.sync(daemon.profile(mine, theirs), SyncListener.NONE);
        }
        Trees.assertEqual(mine, theirs);
    }

    /** Returns the slope of the line that fits best, in units a sample. */
    private static double slope(List<Long> values) {
        double middle = (values.size() - 1) / 2.0;
        double mean = values.stream().mapToLong(Long::longValue).average().orElse(0);
        double above = 0;
        double below = 0;
        for (int i = 0; i < values.size(); i++) {
            above += (i - middle) * (values.get(i) - mean);
            below += (i - middle) * (i - middle);
        }
        return above / below;
    }
}
