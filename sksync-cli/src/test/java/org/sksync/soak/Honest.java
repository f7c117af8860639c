package org.sksync.soak;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.sksync.client.SkSyncClient;
import org.sksync.client.report.SyncListener;

/** The client of an honest user, who syncs a folder of a few files again and again while others do what they do. */
final class Honest implements AutoCloseable {
    private static final int FILES = 20;

    private final Daemon daemon;
    private final Path mine;
    private final Path theirs;
    private final SkSyncClient client = new SkSyncClient();
    private final ExecutorService thread = Executors.newSingleThreadExecutor();

    Honest(Daemon daemon, Path home) throws Exception {
        this.daemon = daemon;
        this.mine = Files.createDirectories(home.resolve("honest/mine"));
        this.theirs = Files.createDirectories(home.resolve("honest/theirs"));
        for (int i = 0; i < FILES; i++) {
            Files.writeString(mine.resolve("mine " + i), "content " + i);
            Files.writeString(theirs.resolve("theirs " + i), "content " + i);
        }
    }

    /** Times of syncs, the shortest first. */
    record Times(List<Duration> sorted) {
        Duration p99() {
            return sorted.get((int) Math.ceil(sorted.size() * 0.99) - 1);
        }

        Times and(Times others) {
            return of(Stream.concat(sorted.stream(), others.sorted.stream()));
        }

        private static Times of(Stream<Duration> times) {
            return new Times(times.sorted().toList());
        }

        Duration median() {
            return sorted.get(sorted.size() / 2);
        }

        @Override
        public String toString() {
            return sorted.size() + " syncs, median " + median().toMillis() + " ms, p99 " + p99().toMillis() + " ms";
        }
    }

    /** Syncs once. */
    Duration sync() throws Exception {
        long start = System.nanoTime();
        client.sync(daemon.profile(mine, theirs), SyncListener.NONE);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Syncs for a while, one sync after another. */
    Times syncFor(Duration time) throws Exception {
        long end = System.nanoTime() + time.toNanos();
        return syncWhile(() -> System.nanoTime() < end);
    }

    private Times syncWhile(BooleanSupplier goOn) throws Exception {
        List<Duration> times = new ArrayList<>();
        while (goOn.getAsBoolean()) {
            times.add(sync());
            TimeUnit.MILLISECONDS.sleep(10);
        }
        return Times.of(times.stream());
    }

    /** Begins to sync, for as long as it is told to. */
    Future<Times> beginToSyncWhile(BooleanSupplier goOn) {
        return thread.submit(() -> syncWhile(goOn));
    }

    @Override
    public void close() {
        thread.shutdownNow();
        client.close();
    }
}
