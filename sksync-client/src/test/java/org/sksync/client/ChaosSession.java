package org.sksync.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.sksync.client.report.SyncFailedException;
import org.sksync.client.report.SyncListener;
import org.sksync.client.report.SyncReport;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.server.SkSyncServer;
import org.sksync.server.config.LoginPolicy;
import org.sksync.testkit.Side;
import org.sksync.testkit.TestCertificates;
import org.sksync.testkit.TestCertificates.Issued;
import org.sksync.testkit.chaos.ChaosProxy;
import org.sksync.testkit.chaos.Incident;
import org.sksync.testkit.chaos.Weather;
import org.sksync.testkit.trees.TwoTrees;
import org.sksync.transport.tls.PeerTrust;
import org.sksync.transport.tls.TlsContexts;
import org.sksync.transport.tls.TlsIdentity;

/**
 * Our client and our server over a network that fails, then over one that works: no file may be torn or lost by the
 * first, and the second must make up for it. Everything follows from the seed of a session.
 */
final class ChaosSession {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final SslContext serverTls;
    private final SslContext clientTls;

    ChaosSession() throws Exception {
        Issued issued = TestCertificates.certificate().selfSigned();
        serverTls =
                TlsContexts.forServer(TlsIdentity.of(issued.key(), List.of(issued.certificate())), Optional.empty());
        clientTls = TlsContexts.forClient(
                PeerTrust.ofCertificates(List.of(issued.certificate()), "the test", Clock.systemUTC()),
                Optional.empty());
    }

    /** How slow the network may be. */
    enum Pace {
        /** Some milliseconds, some megabytes a second. */
        BRISK(Duration.ofMillis(4), 4 * 1024 * 1024),
        /** 200 ms, 64 KiB a second. */
        SLOW(Duration.ofMillis(200), 64 * 1024);

        private final Duration latency;
        private final long bytesPerSecond;

        Pace(Duration latency, long bytesPerSecond) {
            this.latency = latency;
            this.bytesPerSecond = bytesPerSecond;
        }
    }

    private enum Way {
        PLAIN_1,
        PLAIN_2,
        TLS_AND_LOGIN
    }

    void run(long seed, Pace pace, Path base) throws Exception {
        Random random = new Random(seed);
        Way way = Way.values()[random.nextInt(Way.values().length)];
        TwoTrees trees = TwoTrees.random(seed);
        Path clientRoot = Files.createDirectories(base.resolve("client"));
        Path serverRoot = Files.createDirectories(base.resolve("server"));
        trees.write(clientRoot, serverRoot);

        Weather weather = weather(random, pace, trees.bytesFrom(Side.CLIENT), trees.bytesFrom(Side.SERVER));
        syncInBadWeather(way, weather, clientRoot, serverRoot);

        assertThat(trees.torn(Side.CLIENT, clientRoot))
                .as("%s %s, the client", way, weather)
                .isEmpty();
        assertThat(trees.torn(Side.SERVER, serverRoot))
                .as("%s %s, the server", way, weather)
                .isEmpty();
        assertThat(TwoTrees.leftovers(clientRoot))
                .as("%s %s, the client", way, weather)
                .isEmpty();
        assertThat(TwoTrees.leftovers(serverRoot))
                .as("%s %s, the server", way, weather)
                .isEmpty();

        try (SkSyncServer server = start(way, serverRoot)) {
            sync(way, server.address().getPort(), clientRoot, serverRoot);
            trees.assertConverged(clientRoot);
            trees.assertConverged(serverRoot);
            SyncReport second = sync(way, server.address().getPort(), clientRoot, serverRoot);
            assertThat(second.sentFiles() + second.receivedFiles()).isZero();
        }
        assertThat(TwoTrees.leftovers(clientRoot)).isEmpty();
        assertThat(TwoTrees.leftovers(serverRoot)).isEmpty();
    }

    private void syncInBadWeather(Way way, Weather weather, Path clientRoot, Path serverRoot) throws Exception {
        try (SkSyncServer server = start(way, serverRoot);
                ChaosProxy proxy = ChaosProxy.before(server.address().getPort())) {
            proxy.weather(weather);
            try {
                sync(way, proxy.port(), clientRoot, serverRoot);
            } catch (SyncFailedException e) {
                // As it should where the weather was bad enough; what it left is looked at.
                assertThat(e).hasMessageNotContaining("fault");
            }
            proxy.awaitQuiet(LIMIT);
        }
    }

    /** Draws slices, a pace and a cut; each session has at least one of them, most have a cut. */
    private static Weather weather(Random random, Pace pace, long fromClient, long fromServer) {
        Weather weather = Weather.CALM;
        int kind = random.nextInt(4);
        if (kind == 0) {
            weather = weather.sliced(random.nextLong());
        } else if (kind == 1) {
            weather = weather.delayed(pace.latency);
        } else if (kind == 2) {
            weather = weather.limited(pace.bytesPerSecond);
        }
        if (kind == 3 || random.nextInt(4) > 0) {
            Side side = random.nextBoolean() ? Side.CLIENT : Side.SERVER;
            long at = position(random, side == Side.CLIENT ? fromClient : fromServer);
            weather = weather.at(side, at, random.nextBoolean() ? Incident.end() : Incident.reset());
        }
        if (random.nextInt(4) == 0) {
            Side side = random.nextBoolean() ? Side.CLIENT : Side.SERVER;
            long at = position(random, side == Side.CLIENT ? fromClient : fromServer);
            weather = weather.at(side, at, Incident.stall(pace.latency.multipliedBy(10)));
        }
        return weather;
    }

    /** Draws a byte of a session: the opening as often as the content, which is far longer. */
    private static long position(Random random, long total) {
        return random.nextInt(3) == 0 ? random.nextInt(1_000) : random.nextLong(total);
    }

    private SkSyncServer start(Way way, Path root) throws IOException {
        return way == Way.TLS_AND_LOGIN
                ? TestDaemon.start(root, Optional.of(serverTls), LoginPolicy.REQUIRED)
                : TestDaemon.open(root);
    }

    private SyncReport sync(Way way, int port, Path clientRoot, Path serverRoot) throws Exception {
        Profiles profile = Profiles.of(port, clientRoot, serverRoot.toString())
                .level(way == Way.PLAIN_1 ? ProtocolLevel.SKSYNC_1 : ProtocolLevel.PYSKSYNC_2);
        if (way == Way.TLS_AND_LOGIN) {
            profile = profile.tls(Optional.of(clientTls)).login(TestDaemon.USER, TestDaemon.PASSWORD);
        }
        try (SkSyncClient client = new SkSyncClient()) {
            return client.sync(profile.profile(), SyncListener.NONE);
        }
    }

    /** Returns the seeds of some sessions, drawn from one that a system property can set. */
    static List<Long> seeds(int count) {
        long first = Long.getLong("sksync.seed", System.nanoTime());
        return new Random(first).longs(count).boxed().toList();
    }
}
