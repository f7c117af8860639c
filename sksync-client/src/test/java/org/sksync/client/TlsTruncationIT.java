package org.sksync.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.client.report.SyncFailedException;
import org.sksync.client.report.SyncFailedException.Kind;
import org.sksync.client.report.SyncListener;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.server.SkSyncServer;
import org.sksync.server.config.LoginPolicy;
import org.sksync.testkit.Fault;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.ScriptedPeer;
import org.sksync.testkit.TestCertificates;
import org.sksync.testkit.TestCertificates.Issued;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;
import org.sksync.transport.tls.PeerTrust;
import org.sksync.transport.tls.TlsContexts;
import org.sksync.transport.tls.TlsIdentity;

/** Somebody between the two ends TLS by ending the connection beneath it, without TLS's own word of farewell. */
@ExtendWith(NoLeaks.class)
final class TlsTruncationIT {
    private static final long NOW = 1_400_000_000;
    private static final TreeFile OLD = TreeFile.text("old", NOW);

    private final Issued issued = TestCertificates.certificate().selfSigned();
    private final SkSyncClient client = new SkSyncClient();

    @TempDir
    private Path temp;

    private Path root;

    @BeforeEach
    void makeTree() throws IOException {
        root = Files.createDirectory(temp.toRealPath().resolve("root"));
        TreeFixture.write(root, Map.of("f", OLD));
    }

    @AfterEach
    void stop() {
        client.close();
    }

    /** Makes TLS sockets, and lets go of what is beneath the last one. */
    private static final class CuttableTls extends SSLSocketFactory {
        private final SSLSocketFactory tls;
        private final AtomicReference<Socket> beneath = new AtomicReference<>();

        CuttableTls(Issued issued) throws Exception {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            store.setKeyEntry("own", issued.key(), new char[0], new X509Certificate[] {issued.certificate()});
            store.setCertificateEntry("other", issued.certificate());
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(store, new char[0]);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            tls = context.getSocketFactory();
        }

        void cut() throws IOException {
            beneath.get().shutdownOutput();
        }

        @Override
        public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
            beneath.set(socket);
            return tls.createSocket(socket, host, port, autoClose);
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return tls.getDefaultCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return tls.getSupportedCipherSuites();
        }

        @Override
        public Socket createSocket(String host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
            throw new UnsupportedOperationException();
        }
    }

    private PeerTrust trust() {
        return PeerTrust.ofCertificates(List.of(issued.certificate()), "the test", Clock.systemUTC());
    }

    private Kind failureOf(String said, boolean farewell) throws Exception {
        SslContext pinning = TlsContexts.forClient(trust(), Optional.empty());
        CuttableTls tls = new CuttableTls(issued);
        AtomicReference<Kind> kind = new AtomicReference<>();
        try (ScriptedPeer peer = ScriptedPeer.server(tls)) {
            peer.play(server -> {
                new WireServer(server, ProtocolLevel.SKSYNC_1).takeListing();
                server.send(said);
                if (farewell) {
                    server.send("", Fault.HALF_CLOSE);
                } else {
                    tls.cut();
                }
                server.expectClose();
            });
            Profiles profile = Profiles.of(peer.port(), root, "/srv/sync")
                    .level(ProtocolLevel.SKSYNC_1)
                    .tls(Optional.of(pinning));
            assertThatExceptionOfType(SyncFailedException.class)
                    .isThrownBy(() -> client.sync(profile.profile(), SyncListener.NONE))
                    .satisfies(e -> kind.set(e.kind()));
            peer.verify();
        }
        assertThat(root.resolve(".sksync")).doesNotExist();
        return kind.get();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\nf\n", "\nf\n1400000005000\n9\n", "\nf\n1400000005000\n9\nnot whol"})
    void aSyncThatIsCutHasFailedAndTheOldFileStays(String said) throws Exception {
        for (boolean farewell : new boolean[] {true, false}) {
            assertThat(failureOf(said, farewell)).isIn(Kind.NETWORK, Kind.IDENTITY);
            assertThat(TreeFixture.read(root)).isEqualTo(Map.of("f", OLD));
        }
    }

    @Test
    void aSyncThatMissesOnlyTheLastEmptyLineHasFailed() throws Exception {
        assertThat(failureOf("\nf\n1400000005000\n5\nwhole", false)).isIn(Kind.NETWORK, Kind.IDENTITY);

        assertThat(TreeFixture.read(root).get("f")).isIn(OLD, TreeFile.text("whole", NOW + 5));
    }

    @Test
    void aFileThatIsCutOnItsWayToTheServerDoesNotReplaceTheOldOne() throws Exception {
        SslContext ours =
                TlsContexts.forServer(TlsIdentity.of(issued.key(), List.of(issued.certificate())), Optional.empty());
        CuttableTls tls = new CuttableTls(issued);
        try (SkSyncServer server = TestDaemon.start(root, Optional.of(ours), LoginPolicy.OPTIONAL);
                ScriptedPeer peer = ScriptedPeer.client(server.address().getPort(), tls)) {
            peer.send("sksync 1\n1\n0\n" + root + "\n/x\n1400000005000 f\n\n");
            peer.expectLine("Protocol Established").expectLine("f").send("9\nnot whol");

            tls.cut();

            peer.expectClose();
        }

        assertThat(TreeFixture.read(root)).isEqualTo(Map.of("f", OLD));
        assertThat(root.resolve(".sksync")).doesNotExist();
    }
}
