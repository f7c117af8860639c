package org.sksync.bench;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.RelativePath;
import org.sksync.files.plan.Reconciler;
import org.sksync.files.plan.SyncDirection;
import org.sksync.files.plan.SyncPlan;
import org.sksync.files.plan.SyncPolicy;
import org.sksync.files.plan.TimeUse;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.FileListing;

/** What the plan of a bidirectional sync takes, for two listings of many names, in milliseconds. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(
        value = 2,
        jvmArgsAppend = {"-Xms2g", "-Xmx2g"})
public class PlanBenchmark {

    private static final long MTIME_MILLIS = 1_700_000_000_000L;
    private static final SyncPolicy POLICY =
            new SyncPolicy(SyncDirection.BIDIRECTIONAL, TimeUse.USED, Duration.ofSeconds(1));

    /** How many names there are on the server. */
    @Param({"100000", "1000000"})
    public int names = 100_000;

    /** How the client's listing differs. */
    @Param
    public Difference difference = Difference.NOTHING;

    private FileListing server;
    private FileListing client;

    /** How the client's listing differs from the server's. */
    public enum Difference {
        /** The client has every file. */
        NOTHING,
        /** The client's copy of every tenth file is older. */
        TENTH_OLDER,
        /** The client has no file. */
        ALL_MISSING
    }

    /** Makes both listings, each with paths of its own as in a session. */
    @Setup
    public void list() throws PathRefusedException {
        server = listing(names, 0);
        client = switch (difference) {
            case NOTHING -> listing(names, 0);
            case TENTH_OLDER -> listing(names, 60_000);
            case ALL_MISSING -> listing(0, 0);
        };
    }

    /** Plans. */
    @Benchmark
    public SyncPlan plan() {
        return Reconciler.plan(server, client, POLICY);
    }

    private static FileListing listing(int count, long olderMillis) throws PathRefusedException {
        FileListing.Builder listing = FileListing.builder();
        for (int i = 0; i < count; i++) {
            RelativePath path = RelativePath.of("t" + i % 20 + "/s" + i % 1980 / 20 + "/f" + i + ".txt");
            listing.add(new FileEntry(path, MTIME_MILLIS - (i % 10 == 0 ? olderMillis : 0), 1024));
        }
        return listing.build();
    }
}
