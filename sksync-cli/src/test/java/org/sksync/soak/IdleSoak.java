package org.sksync.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.SslContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.testkit.figures.Figure;
import org.sksync.testkit.load.LoadClient;
import org.sksync.testkit.load.Script;

/** As many connections as the machine gives descriptors for, all silent. */
class IdleSoak {
    private static final int CONNECTIONS = Integer.getInteger("soak.connections", 9_500);
    private static final int HELD_SECONDS = 60;
    private static final Duration ON_THE_WAY = Duration.ofSeconds(30);

    @TempDir
    private Path temp;

    @Test
    @Tag("F1")
    void holdsSilentConnectionsInTheClear() throws Exception {
        Path home = temp.toRealPath();
        hold("F1", Daemon.serving(home).vm("-Xmx256m"), 500, 64, "-Xmx256m");
    }

    @Test
    @Tag("F2")
    void holdsSilentConnectionsInTls() throws Exception {
        Path home = temp.toRealPath();
        hold("F2", Daemon.serving(home).tls().vm("-Xmx512m"), 64, 320, "-Xmx512m");
    }

    private void hold(String id, Daemon.Setup setup, int atOnce, int mostMib, String memory) throws Exception {
        setup.admitting(CONNECTIONS + 100).openingSeconds(600);
        try (Daemon daemon = setup.start();
                Honest honest = new Honest(daemon, temp.toRealPath())) {
            honest.sync();
            long before = daemon.rssBytes();
            long start = System.nanoTime();
            int held;
            int left;
            long grown;
            Duration connecting;
            try (LoadClient load = load(daemon)) {
                load.open(CONNECTIONS, Script.SILENT, atOnce, ON_THE_WAY);
                connecting = Duration.ofNanos(System.nanoTime() - start);
                held = load.held();
                TimeUnit.SECONDS.sleep(HELD_SECONDS);
                left = load.held();
                grown = daemon.rssBytes() - before;
                honest.sync();
            }
            Figure.of(id, "idle connections, " + (daemon.clientTls().isPresent() ? "TLS" : "plain") + ", " + memory)
                    .target(CONNECTIONS + " held " + HELD_SECONDS + " s, RSS growth <= " + mostMib
                            + " MB, a sync works")
                    .reached(String.format(
                            "%d, then %d; +%d MB; %.1f s to connect",
                            held, left, grown >> 20, connecting.toMillis() / 1000.0))
                    .report(left == CONNECTIONS && grown <= (long) mostMib << 20);
            assertThat(daemon.program().isRunning()).isTrue();
        }
    }

    private static LoadClient load(Daemon daemon) {
        LoadClient load = LoadClient.of(daemon.port()).from(50);
        Optional<SslContext> tls = daemon.clientTls();
        return tls.isPresent() ? load.tls(tls.get()) : load;
    }
}
