package org.sksync.soak;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.client.SkSyncClient;
import org.sksync.client.report.SyncListener;
import org.sksync.client.report.SyncReport;
import org.sksync.testkit.figures.Figure;

/** A file far larger than memory, each way. */
@Tag("F5")
class HugeFileSoak {
    private static final long BYTES = Long.getLong("soak.bytes", 8L << 30);
    private static final long MOST_RSS_MIB = 400;

    @TempDir
    private Path temp;

    @Test
    void travelsEachWayInLittleMemory() throws Exception {
        Path home = temp.toRealPath();
        assertThat(Files.getFileStore(home).getUsableSpace())
                .as("bytes free in %s (java.io.tmpdir)", home.getParent())
                .isGreaterThan(3 * BYTES);
        Path mine = Files.createDirectories(home.resolve("mine"));
        Path theirs = Files.createDirectories(home.resolve("theirs"));
        sparse(mine.resolve("up"));
        sparse(theirs.resolve("down"));
        long start = System.nanoTime();
        SyncReport report;
        long peak;
        try (Daemon daemon = Daemon.serving(home).vm("-Xmx128m").start();
                SkSyncClient client = new SkSyncClient()) {
            report = client.sync(daemon.profile(mine, theirs), SyncListener.NONE);
            peak = daemon.peakRssBytes() >> 20;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        boolean equal = Files.mismatch(mine.resolve("up"), theirs.resolve("up")) < 0
                && Files.mismatch(mine.resolve("down"), theirs.resolve("down")) < 0;

        Figure.of("F5", "a file of " + (BYTES >> 20) + " MiB each way, -Xmx128m")
                .target("equal, peak RSS <= " + MOST_RSS_MIB + " MB")
                .reached(String.format(
                        "%s, %d MB, %d s, %d MB/s both ways together",
                        equal ? "equal" : "not equal",
                        peak,
                        took.toSeconds(),
                        (report.sentBytes() + report.receivedBytes()) / 1000 / Math.max(1, took.toMillis())))
                .report(equal && peak <= MOST_RSS_MIB && report.skipped().isEmpty());
    }

    private static void sparse(Path file) throws IOException {
        try (SeekableByteChannel out = Files.newByteChannel(
                file, StandardOpenOption.CREATE_NEW, StandardOpenOption.SPARSE, StandardOpenOption.WRITE)) {
            out.position(BYTES / 2).write(ByteBuffer.wrap(new byte[] {'m', 'i', 'd'}));
            out.position(BYTES - 1).write(ByteBuffer.wrap(new byte[] {'e'}));
        }
    }
}
