package org.sksync.soak;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.testkit.figures.Figure;
import org.sksync.testkit.load.LoadClient;
import org.sksync.testkit.load.LoadConnection;

/** Clients that ask for a large file and read nothing of it. */
@Tag("F7")
class StalledReadersSoak {
    private static final int READERS = Integer.getInteger("soak.readers", 500);
    private static final Duration DEADLINE = Duration.ofSeconds(60);
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

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
            List<LoadConnection> readers =
                    load.open(READERS, Words.Dawdling.STALLED_READER.script(large, ""), 32, Duration.ofSeconds(10));
            int settled = load.held();
            load.awaitClosed(DEADLINE.plus(TOLERANCE).plusSeconds(30));
            List<Duration> held = readers.stream()
                    .map(LoadConnection::heldFor)
                    .flatMap(Optional::stream)
                    .sorted(Comparator.naturalOrder())
                    .toList();
            boolean fault = daemon.hasFault();
            boolean inTime = held.size() == READERS
                    && held.get(0).compareTo(DEADLINE.minus(TOLERANCE)) >= 0
                    && held.get(READERS - 1).compareTo(DEADLINE.plus(TOLERANCE)) <= 0;
            Figure.of("F7", READERS + " TLS clients that never read")
                    .target("all closed after 60 s +- 5 s, within 128 MB of direct memory (the JVM's limit), no fault")
                    .reached(String.format(
                            "%d settled, %d closed after %.1f..%.1f s, %s, peak RSS %d MB",
                            settled,
                            held.size(),
                            held.isEmpty() ? 0 : held.get(0).toMillis() / 1000.0,
                            held.isEmpty() ? 0 : held.get(held.size() - 1).toMillis() / 1000.0,
                            fault ? "a fault" : "no fault",
                            daemon.peakRssBytes() >> 20))
                    .report(inTime && !fault);
        }
    }
}
