package org.sksync.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.handler.ssl.SslContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.client.config.SyncProfile;
import org.sksync.client.report.SyncFailedException;
import org.sksync.client.report.SyncFailedException.Kind;
import org.sksync.client.report.SyncListener;
import org.sksync.files.access.AccessRight;
import org.sksync.files.access.DirectoryRights;
import org.sksync.protocol.srp.UserName;
import org.sksync.server.SkSyncServer;
import org.sksync.server.config.AccessPolicy;
import org.sksync.server.config.LoginPolicy;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.TestCertificates;
import org.sksync.testkit.TestCertificates.Issued;
import org.sksync.transport.tls.Fingerprint;
import org.sksync.transport.tls.PeerTrust;
import org.sksync.transport.tls.TlsContexts;
import org.sksync.transport.tls.TlsIdentity;

/** One authority has signed three certificates: the user's, another user's, and one that is nobody's. */
@ExtendWith(NoLeaks.class)
final class CertificateOwnersIT {
    private final Issued authority = TestCertificates.authority("clients");
    private final Issued servers = TestCertificates.certificate().selfSigned();
    private final Issued users = TestCertificates.certificate().signedBy(authority);
    private final Issued anothers = TestCertificates.certificate().signedBy(authority);
    private final Issued nobodys = TestCertificates.certificate().signedBy(authority);
    private final SkSyncClient client = new SkSyncClient();
    private Path root;
    private Path own;
    private SkSyncServer daemon;

    @BeforeEach
    void makeTrees(@TempDir Path temp) throws Exception {
        root = Files.createDirectory(temp.toRealPath().resolve("server"));
        own = Files.createDirectory(temp.toRealPath().resolve("client"));
        Files.writeString(root.resolve("f"), "from the server");
    }

    @AfterEach
    void stop() {
        client.close();
        daemon.close();
    }

    private void start(LoginPolicy login, AccessRight ofUser) throws Exception {
        UserName user = UserName.of(TestDaemon.USER);
        AccessPolicy access = new AccessPolicy(
                DirectoryRights.of(Map.of(), AccessRight.READ_WRITE),
                Map.of(user, DirectoryRights.of(Map.of(root.toString(), ofUser), AccessRight.NONE)),
                Map.of(
                        Fingerprint.of(users.certificate()),
                        user,
                        Fingerprint.of(anothers.certificate()),
                        UserName.of("another")));
        SslContext tls = TlsContexts.forServer(identity(servers), Optional.of(trust(authority)));
        daemon = TestDaemon.start(root, Optional.of(tls), login, access);
    }

    private static TlsIdentity identity(Issued issued) throws Exception {
        return TlsIdentity.of(issued.key(), List.of(issued.certificate()));
    }

    private static PeerTrust trust(Issued issued) {
        return PeerTrust.ofCertificates(List.of(issued.certificate()), "the test", Clock.systemUTC());
    }

    private Profiles with(Issued certificate) throws Exception {
        SslContext tls = TlsContexts.forClient(trust(servers), Optional.of(identity(certificate)));
        return Profiles.of(daemon.address().getPort(), own, root.toString()).tls(Optional.of(tls));
    }

    private void assertRefused(SyncProfile profile, Kind kind) {
        assertThatExceptionOfType(SyncFailedException.class)
                .isThrownBy(() -> client.sync(profile, SyncListener.NONE))
                .extracting(SyncFailedException::kind)
                .isEqualTo(kind);
        assertThat(own).isEmptyDirectory();
    }

    @Test
    void theOwnerOfACertificateLogsInWithIt() throws Exception {
        start(LoginPolicy.REQUIRED, AccessRight.READ_WRITE);

        client.sync(with(users).login(TestDaemon.USER, TestDaemon.PASSWORD).profile(), SyncListener.NONE);

        assertThat(own.resolve("f")).hasContent("from the server");
    }

    @Test
    void nobodyLogsInWithAnothersCertificate() throws Exception {
        start(LoginPolicy.REQUIRED, AccessRight.READ_WRITE);

        assertRefused(with(anothers).login(TestDaemon.USER, TestDaemon.PASSWORD).profile(), Kind.IDENTITY);
    }

    @Test
    void aCertificateThatIsNobodysDoesNotGetIn() throws Exception {
        start(LoginPolicy.OPTIONAL, AccessRight.READ_WRITE);

        assertRefused(with(nobodys).login(TestDaemon.USER, TestDaemon.PASSWORD).profile(), Kind.IDENTITY);
    }

    @Test
    void aCertificateStandsForItsOwnerWhereNoLoginIsDemanded() throws Exception {
        start(LoginPolicy.OPTIONAL, AccessRight.WRITE);

        assertRefused(with(users).profile(), Kind.PATH);
    }
}
