package org.sksync.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.handler.ssl.SslContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sksync.client.report.SyncFailedException;
import org.sksync.client.report.SyncFailedException.Kind;
import org.sksync.client.report.SyncListener;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.server.SkSyncServer;
import org.sksync.server.config.LoginPolicy;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.ScriptedPeer;
import org.sksync.testkit.TestCertificates;
import org.sksync.testkit.TestCertificates.Issued;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;
import org.sksync.transport.tls.PeerTrust;
import org.sksync.transport.tls.TlsContexts;
import org.sksync.transport.tls.TlsIdentity;

/** One end speaks TLS and the other does not; neither tries the other's way. */
@ExtendWith(NoLeaks.class)
final class NoFallbackIT {
    private static final Map<String, TreeFile> TREE = Map.of("f", TreeFile.text("own", 1_400_000_000));

    private final Issued issued = TestCertificates.certificate().selfSigned();
    private final SkSyncClient client = new SkSyncClient();
    private Path root;

    @BeforeEach
    void makeTree(@TempDir Path temp) throws Exception {
        root = Files.createDirectory(temp.toRealPath().resolve("root"));
        TreeFixture.write(root, TREE);
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        assertThat(TreeFixture.read(root)).isEqualTo(TREE);
    }

    @Test
    void aClientWithTlsSaysNothingInTheClearAndDoesNotComeAgain() throws Exception {
        SslContext tls = TlsContexts.forClient(
                PeerTrust.ofCertificates(List.of(issued.certificate()), "the test", Clock.systemUTC()),
                Optional.empty());
        StringBuilder heard = new StringBuilder();
        try (ScriptedPeer server = ScriptedPeer.server()) {
            server.play(peer -> {
                heard.append(new String(peer.readExactly(1), ISO_8859_1));
                peer.send("Protocol Established\nmd5\n\n\n");
                hearTheRest(peer, heard);
            });
            Profiles profile = Profiles.of(server.port(), root, "/srv/sync").tls(Optional.of(tls));

            assertThatExceptionOfType(SyncFailedException.class)
                    .isThrownBy(() -> client.sync(profile.profile(), SyncListener.NONE))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.IDENTITY));

            server.verify();
            assertThat(heard.toString()).startsWith("\u0016").doesNotContain("sksync 2", "/srv/sync");
            assertNobodyComes(server);
        }
    }

    private static void hearTheRest(ScriptedPeer peer, StringBuilder heard) {
        try {
            while (true) {
                heard.append(new String(peer.readExactly(1), ISO_8859_1));
            }
        } catch (AssertionError e) {
            assertThat(e).hasMessageMatching("(?s).*(closed|reset).*");
        }
    }

    /** The sync is over, so who has not come will not come. */
    private static void assertNobodyComes(ScriptedPeer server) {
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> server.within(Duration.ofMillis(50)).accept())
                .withMessageContaining("nobody connected");
    }

    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void aPlainClientIsTurnedAwayByADaemonWithTls(ProtocolLevel level) throws Exception {
        SslContext tls =
                TlsContexts.forServer(TlsIdentity.of(issued.key(), List.of(issued.certificate())), Optional.empty());
        try (SkSyncServer server = TestDaemon.start(root, Optional.of(tls), LoginPolicy.OPTIONAL)) {
            Profiles profile = Profiles.of(server.address().getPort(), root, root.toString())
                    .level(level);

            assertThatExceptionOfType(SyncFailedException.class)
                    .isThrownBy(() -> client.sync(profile.profile(), SyncListener.NONE))
                    .withMessageContaining("use_ssl");
        }
    }
}
