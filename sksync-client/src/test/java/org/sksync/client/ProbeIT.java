package org.sksync.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.handler.ssl.SslContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sksync.client.config.Patience;
import org.sksync.client.report.SyncFailedException;
import org.sksync.client.report.SyncFailedException.Kind;
import org.sksync.client.report.SyncListener;
import org.sksync.files.access.AccessRight;
import org.sksync.files.access.DirectoryRights;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.SyncType;
import org.sksync.protocol.srp.UserName;
import org.sksync.server.SkSyncServer;
import org.sksync.server.config.AccessPolicy;
import org.sksync.server.config.LoginPolicy;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.ScriptedPeer;
import org.sksync.testkit.TestCertificates;
import org.sksync.testkit.TestCertificates.Issued;
import org.sksync.testkit.TlsEar;
import org.sksync.transport.tls.Fingerprint;
import org.sksync.transport.tls.PeerTrust;
import org.sksync.transport.tls.TlsContexts;
import org.sksync.transport.tls.TlsIdentity;
import org.sksync.transport.watch.Pace;

/** A probe finds out whether a sync would be let in, and moves nothing. */
@ExtendWith(NoLeaks.class)
final class ProbeIT {

    private final Issued issued = TestCertificates.certificate().selfSigned();
    private final SkSyncClient client = new SkSyncClient();
    private Path root;
    private Path nowhere;

    @BeforeEach
    void makeTree(@TempDir Path temp) throws Exception {
        root = Files.createDirectory(temp.toRealPath().resolve("server"));
        Files.writeString(root.resolve("f"), "from the server");
        nowhere = temp.toRealPath().resolve("nowhere");
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        assertThat(nowhere).doesNotExist();
        try (var files = Files.list(root)) {
            assertThat(files).containsExactly(root.resolve("f"));
        }
    }

    private Optional<SslContext> serverTls() throws Exception {
        return Optional.of(
                TlsContexts.forServer(TlsIdentity.of(issued.key(), List.of(issued.certificate())), Optional.empty()));
    }

    private static Optional<SslContext> trusting(Issued expected) throws Exception {
        return Optional.of(TlsContexts.forClient(
                PeerTrust.ofFingerprint(Fingerprint.of(expected.certificate()), "the test", Clock.systemUTC()),
                Optional.empty()));
    }

    private Profiles profile(int port) {
        return Profiles.of(port, nowhere, root.toString());
    }

    private void probe(Profiles profile) throws Exception {
        client.probe(profile.profile(), SyncListener.NONE);
    }

    private void assertFails(Kind kind, String words, Profiles profile) {
        assertThatExceptionOfType(SyncFailedException.class)
                .isThrownBy(() -> probe(profile))
                .withMessageContaining(words)
                .satisfies(failure -> assertThat(failure.kind()).isEqualTo(kind));
    }

    @ParameterizedTest
    @EnumSource
    void endsWellForEveryTypeAndMovesNothing(SyncType type) throws Exception {
        try (SkSyncServer daemon = TestDaemon.open(root)) {
            probe(profile(daemon.address().getPort()).type(type));
            probe(profile(daemon.address().getPort()).type(type).level(ProtocolLevel.SKSYNC_1));
        }
    }

    @Test
    void logsInOverTlsAndTellsTheCertificate() throws Exception {
        List<Optional<Fingerprint>> met = new ArrayList<>();
        try (SkSyncServer daemon = TestDaemon.start(root, serverTls(), LoginPolicy.REQUIRED)) {
            client.probe(
                    profile(daemon.address().getPort())
                            .tls(trusting(issued))
                            .login(TestDaemon.USER, TestDaemon.PASSWORD)
                            .profile(),
                    new SyncListener() {
                        @Override
                        public void established(Optional<Fingerprint> server) {
                            met.add(server);
                        }
                    });
        }
        assertThat(met).containsExactly(Optional.of(Fingerprint.of(issued.certificate())));
    }

    @Test
    void failsAsASyncWouldWhereThePasswordIsWrong() throws Exception {
        try (SkSyncServer daemon = TestDaemon.start(root, serverTls(), LoginPolicy.REQUIRED)) {
            assertFails(
                    Kind.IDENTITY,
                    "the server refused the login",
                    profile(daemon.address().getPort()).tls(trusting(issued)).login(TestDaemon.USER, "another"));
        }
    }

    @Test
    void failsWhereALoginIsDemandedAndNoneIsToBeHad() throws Exception {
        try (SkSyncServer daemon = TestDaemon.start(root, Optional.empty(), LoginPolicy.REQUIRED)) {
            assertFails(
                    Kind.IDENTITY,
                    "the server demands a login",
                    profile(daemon.address().getPort()));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SKSYNC_1", "PYSKSYNC_2"})
    void failsWhereTheDirectoryIsRefused(ProtocolLevel level) throws Exception {
        try (SkSyncServer daemon = TestDaemon.open(root)) {
            Profiles elsewhere = Profiles.of(
                    daemon.address().getPort(), nowhere, root.getParent().toString());

            assertFails(Kind.PATH, "does not allow that directory", elsewhere.level(level));
            assertFails(
                    Kind.PATH,
                    "does not allow that directory",
                    elsewhere.level(level).type(SyncType.FROM_SERVER_USE_TIME));
        }
    }

    @Test
    void asksInTheDirectionOfTheProfile() throws Exception {
        AccessPolicy mayRead = new AccessPolicy(
                DirectoryRights.of(Map.of(root.toString(), AccessRight.READ), AccessRight.NONE),
                Map.<UserName, DirectoryRights>of(),
                Map.<Fingerprint, UserName>of());
        try (SkSyncServer daemon = TestDaemon.start(root, Optional.empty(), LoginPolicy.OPTIONAL, mayRead)) {
            Profiles profile = profile(daemon.address().getPort());

            probe(profile.type(SyncType.FROM_SERVER_USE_TIME));
            assertFails(Kind.PATH, "does not allow that directory", profile.type(SyncType.TO_SERVER_USE_TIME));
        }
    }

    @Test
    void saysNothingToAServerWithAnotherCertificate() throws Exception {
        Issued another = TestCertificates.certificate().selfSigned();
        try (TlsEar server = new TlsEar(issued)) {
            assertFails(
                    Kind.IDENTITY,
                    "the peer's certificate is " + Fingerprint.of(issued.certificate()) + " (expected: "
                            + Fingerprint.of(another.certificate()) + ", from the test)",
                    profile(server.port()).tls(trusting(another)).login(TestDaemon.USER, TestDaemon.PASSWORD));

            assertThat(server.heard()).isEmpty();
        }
    }

    @Test
    void opensTheLoginAtTheServerWithTheRightCertificate() throws Exception {
        try (TlsEar server = new TlsEar(issued)) {
            assertFails(
                    Kind.NETWORK,
                    "while the session was challenging",
                    profile(server.port()).tls(trusting(issued)).login(TestDaemon.USER, TestDaemon.PASSWORD));

            assertThat(server.heard()).startsWith("PYSKSYNC SRP START:");
        }
    }

    @Test
    void givesUpOnAServerThatIsSilentAndSaysWhatToDo() throws Exception {
        Duration brief = Duration.ofMillis(200);
        CountDownLatch over = new CountDownLatch(1);
        try (ScriptedPeer server = ScriptedPeer.server();
                SkSyncClient impatient =
                        new SkSyncClient(new Patience(brief, brief, new Pace(1, Duration.ofMinutes(10))), 1 << 20)) {
            server.play(peer -> {
                peer.expectLine("pysksync 2");
                over.await();
            });

            assertThatExceptionOfType(SyncFailedException.class)
                    .isThrownBy(() -> impatient.probe(profile(server.port()).profile(), SyncListener.NONE))
                    .withMessageContaining("did not send its next line within")
                    .withMessageEndingWith("then try again");
            over.countDown();
            server.verify();
        }
    }

    @Test
    void endsWhereTheServerAsksForAFileThatWasNotListed() throws Exception {
        try (ScriptedPeer server = ScriptedPeer.server()) {
            server.play(peer -> {
                peer.expectLine("pysksync 2").send("Protocol Established\n");
                peer.expectLine("4").expectLine("1").expectLine(root.toString()).expectLine(nowhere.toString());
                peer.send("md5\n").expectLine("").send("f\n").expectClose();
            });

            assertFails(Kind.PROTOCOL, "nothing was listed", profile(server.port()));
            server.verify();
        }
    }

    @Test
    void endsWhereTheServerOffersAFileThatNobodyAskedFor() throws Exception {
        try (ScriptedPeer server = ScriptedPeer.server()) {
            server.play(peer -> {
                peer.expectLine("pysksync 2").send("Protocol Established\n");
                peer.expectLine("4").expectLine("1").expectLine(root.toString()).expectLine(nowhere.toString());
                peer.send("md5\n")
                        .expectLine("")
                        .send("\nf\n1400000000000\n4\nevil")
                        .expectClose();
            });

            assertFails(Kind.PROTOCOL, "offered name: \"f\"", profile(server.port()));
            server.verify();
        }
    }

    @Test
    void failsWhereNobodyListens() {
        assertFails(Kind.NETWORK, "can't connect", profile(1));
    }
}
