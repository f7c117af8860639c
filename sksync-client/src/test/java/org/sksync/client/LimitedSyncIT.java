package org.sksync.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sksync.client.report.SyncListener;
import org.sksync.client.report.SyncReport;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.server.SkSyncServer;
import org.sksync.server.config.LoginPolicy;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.TestCertificates;
import org.sksync.testkit.TestCertificates.Issued;
import org.sksync.testkit.Trees;
import org.sksync.transport.limit.Rates;
import org.sksync.transport.limit.TrafficLimit;
import org.sksync.transport.tls.PeerTrust;
import org.sksync.transport.tls.TlsContexts;
import org.sksync.transport.tls.TlsIdentity;

/** What travels under a limit arrives whole, both ways, and with or without TLS. */
@ExtendWith(NoLeaks.class)
final class LimitedSyncIT {

    /** Low enough for much to wait, at both ends. */
    private static final long BYTES_PER_SECOND = 512 * 1024;

    private static final int LARGE_BYTES = 600_000;
    private static final int SMALL_FILES = 50;

    @TempDir
    private Path temp;

    @ParameterizedTest
    @CsvSource({"SKSYNC_1, false", "PYSKSYNC_2, false", "PYSKSYNC_2, true"})
    void arrivesWholeBothWays(ProtocolLevel level, boolean encrypted) throws Exception {
        Path serverRoot = fill(Files.createDirectory(temp.toRealPath().resolve("server")), 1);
        Path clientRoot = fill(Files.createDirectory(temp.toRealPath().resolve("client")), 2);
        AtomicInteger looks = new AtomicInteger();
        TrafficLimit limit = new TrafficLimit(() -> {
            looks.incrementAndGet();
            return new Rates(OptionalLong.of(BYTES_PER_SECOND), OptionalLong.of(BYTES_PER_SECOND));
        });
        Tls tls = encrypted ? Tls.of(TestCertificates.certificate().selfSigned()) : Tls.NONE;

        SyncReport report;
        try (SkSyncServer server = TestDaemon.start(serverRoot, tls.server(), LoginPolicy.OPTIONAL);
                SkSyncClient client = new SkSyncClient()) {
            Profiles profile = Profiles.of(server.address().getPort(), clientRoot, serverRoot.toString())
                    .level(level)
                    .tls(tls.client());
            report = client.sync(profile.limited(limit), SyncListener.NONE);
        }

        assertThat(report.sentFiles()).isEqualTo(SMALL_FILES + 1);
        assertThat(report.receivedFiles()).isEqualTo(SMALL_FILES + 1);
        Trees.assertEqual(serverRoot, clientRoot);
        assertThat(looks).hasPositiveValue();
    }

    private static Path fill(Path root, int seed) throws IOException {
        Random random = new Random(seed);
        byte[] large = new byte[LARGE_BYTES];
        random.nextBytes(large);
        write(root.resolve("large " + seed), large);
        for (int i = 0; i < SMALL_FILES; i++) {
            write(root.resolve("small " + seed + " " + i), Integer.toString(i).getBytes(UTF_8));
        }
        return root;
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_400_000_000_000L));
    }

    private record Tls(Optional<SslContext> server, Optional<SslContext> client) {

        static final Tls NONE = new Tls(Optional.empty(), Optional.empty());

        static Tls of(Issued issued) throws Exception {
            SslContext server = TlsContexts.forServer(
                    TlsIdentity.of(issued.key(), List.of(issued.certificate())), Optional.empty());
            PeerTrust trust = PeerTrust.ofCertificates(List.of(issued.certificate()), "the test", Clock.systemUTC());
            return new Tls(Optional.of(server), Optional.of(TlsContexts.forClient(trust, Optional.empty())));
        }
    }
}
