package org.sksync.soak;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.testkit.figures.Figure;
import org.sksync.testkit.load.LoadClient;

/** Clients that ask for a large file and read nothing of it. */
@Tag("F7")
class StalledReadersSoak {
    private static final int READERS = Integer.getInteger("soak.readers", 500);
    private static final Duration EARLIEST = Duration.ofSeconds(55);
    private static final Duration LATEST = Duration.ofSeconds(65);

    @TempDir
    private Path temp;

    @Test
    void areClosedAndTakeLittleMemory() throws Exception {
        Path home = temp.toRealPath();
        Path large = Files.createDirectories(home.resolve("large"));
        Files.write(large.resolve("file"), new byte[64 << 20]);
        Daemon.Setup setup =
                Daemon.serving(home).tls().admitting(READERS + 10).vm("-Xmx256m", "-XX:MaxDirectMemorySize=128m");
        try (Daemon daemon = setup.start();
                LoadClient load = LoadClient.of(daemon.port())
                        .tls(daemon.clientTls().orElseThrow())
                        .from(10)) {
            load.open(READERS, Words.Dawdling.STALLED_READER.script(large, ""), 32, Duration.ofSeconds(10));
            int settled = load.held();
            List<Duration> there = daemon.awaitEnded(large, READERS, LATEST.plusSeconds(30));
            boolean inTime = there.size() == READERS
                    && there.get(0).compareTo(EARLIEST) >= 0
                    && there.get(READERS - 1).compareTo(LATEST) <= 0;
            Figure.of("F7", READERS + " TLS clients that never read")
                    .target("all closed after 60 s +- 5 s, within 128 MB of direct memory (the JVM's limit), no fault")
                    .reached(String.format(
                            "%d settled, %d closed, %s, peak RSS %d MB%s",
                            settled,
                            there.size(),
                            there.isEmpty()
                                    ? ""
                                    : "after " + seconds(there.get(0)) + ".." + seconds(there.get(there.size() - 1)),
                            daemon.peakRssBytes() >> 20,
                            daemon.faultText()))
                    .report(inTime && daemon.fault().isEmpty());
        }
    }

    private static String seconds(Duration time) {
        return time.toMillis() / 1000.0 + " s";
    }
}
