package org.sksync.soak;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.testkit.figures.Figure;

/** Listings of a million names. */
@Tag("F6")
class HugeListingSoak {
    private static final int NAMES = Integer.getInteger("soak.names", 1_000_000);
    private static final int AT_ONCE = 10;
    private static final int LIMIT_MILLIS = 600_000;

    @TempDir
    private Path temp;

    private Daemon start() throws IOException {
        return Daemon.serving(temp.toRealPath()).vm("-Xmx512m").start();
    }

    @Test
    void aMillionNamesAreMet() throws Exception {
        try (Daemon daemon = start()) {
            long start = System.nanoTime();
            boolean served = list(daemon);
            Duration took = Duration.ofNanos(System.nanoTime() - start);

            Figure.of("F6", "one listing of " + NAMES + " names of 60 bytes, -Xmx512m")
                    .target("served within 30 s")
                    .reached(String.format(
                            "%s after %.1f s, peak RSS %d MB",
                            served ? "served" : "refused", took.toMillis() / 1000.0, daemon.peakRssBytes() >> 20))
                    .report(served && took.toSeconds() < 30);
        }
    }

    @Test
    void tenAtOnceAreServedOrRefusedAndHarmNobody() throws Exception {
        try (Daemon daemon = start();
                Honest honest = new Honest(daemon, temp.toRealPath())) {
            int served = listAtOnce(daemon);
            honest.sync();

            Figure.of("F6", AT_ONCE + " listings of " + NAMES + " names at once, -Xmx512m")
                    .target("no OutOfMemoryError; what the budget has no room for is refused; a sync works after it")
                    .reached(served + " served, " + (AT_ONCE - served) + " refused, " + "peak RSS "
                            + (daemon.peakRssBytes() >> 20) + " MB" + daemon.faultText())
                    .report(daemon.fault().isEmpty() && daemon.program().isRunning());
        }
    }

    private int listAtOnce(Daemon daemon) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Future<Boolean>> running = new ArrayList<>();
            for (int i = 0; i < AT_ONCE; i++) {
                running.add(callers.submit(() -> list(daemon)));
            }
            int served = 0;
            for (Future<Boolean> each : running) {
                served += each.get() ? 1 : 0;
            }
            return served;
        } finally {
            callers.shutdownNow();
        }
    }

    /** Lists the names for a sync from the server; false if the server closed before it was through. */
    private boolean list(Daemon daemon) throws IOException {
        Path empty = Files.createTempDirectory(temp.toRealPath(), "empty");
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), daemon.port());
                OutputStream out = new BufferedOutputStream(socket.getOutputStream(), 64 * 1024);
                InputStream in = new BufferedInputStream(socket.getInputStream())) {
            socket.setSoTimeout(LIMIT_MILLIS);
            out.write(("pysksync 2\n2\n0\n" + empty + "\n/load\n").getBytes(US_ASCII));
            for (int i = 0; i < NAMES; i++) {
                out.write(String.format("1700000000000 %s/%049x\n", "directory", i * 0x9E3779B97F4A7C15L)
                        .getBytes(US_ASCII));
            }
            out.write('\n');
            out.flush();
            return new String(in.readAllBytes(), US_ASCII).equals("Protocol Established\nmd5\n\n\n");
        } catch (IOException e) {
            // Closed while it still listed.
            return false;
        }
    }
}
