package org.sksync.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.files.access.AccessRight;
import org.sksync.files.access.DirectoryRights;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.srp.SrpVerifier;
import org.sksync.protocol.srp.UserName;
import org.sksync.server.config.AccessPolicy;
import org.sksync.server.config.DaemonLimits;
import org.sksync.server.config.ServerTls;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.ScriptedPeer;
import org.sksync.testkit.TestCertificates;
import org.sksync.testkit.TestCertificates.Issued;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;
import org.sksync.transport.tls.Fingerprint;
import org.sksync.transport.tls.PeerTrust;
import org.sksync.transport.tls.TlsContexts;
import org.sksync.transport.tls.TlsIdentity;

/** What another configuration means to those who come, and to those who are here. */
@ExtendWith(NoLeaks.class)
final class ReloadIT {
    private static final TreeFile OLD = TreeFile.text("old", 1_300_000_000);
    private static final TreeFile NEW =
            TreeFile.of("new content ".repeat(10_000).getBytes(US_ASCII), 1_400_000_000);
    private static final UserName ANN = TestServer.user("ann");
    private static final UserName BOB = TestServer.user("bob");
    private static final SrpVerifier OF_ANN = TestServer.verifier("ann", "one");
    private static final SrpVerifier OF_BOB = TestServer.verifier("bob", "two");

    @TempDir
    private Path temp;

    private Path notes;
    private Path books;
    private TestServer told;
    private SkSyncServer server;

    @BeforeEach
    void makeTrees() throws IOException {
        notes = Files.createDirectory(temp.toRealPath().resolve("notes"));
        books = Files.createDirectory(temp.toRealPath().resolve("books"));
        TreeFixture.write(notes, Map.of("f", OLD));
        TreeFixture.write(books, Map.of("f", OLD));
        told = TestServer.of(notes).users(Map.of(ANN, OF_ANN, BOB, OF_BOB));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void start() throws IOException {
        server = told.start();
    }

    private void reload() {
        server.reload(told.config());
    }

    private WireClient loggedIn(String user, String password) throws Exception {
        return WireClient.connect(server, ProtocolLevel.PYSKSYNC_2).login(user, password);
    }

    /** Brings a session to the middle of a file. */
    private WireClient uploading(WireClient client, Path root) {
        byte[] reply = client.reply(NEW.content());
        client.greet().request("1", "0", root.toString()).list(Map.of("f", NEW));
        client.peer().expectLine("f").send(Arrays.copyOf(reply, reply.length / 2));
        await().until(() -> Files.exists(root.resolve(".sksync")));
        return client;
    }

    private void finishes(WireClient client) {
        byte[] reply = client.reply(NEW.content());
        client.peer()
                .send(Arrays.copyOfRange(reply, reply.length / 2, reply.length))
                .expect("\n\n")
                .expectEndOfStream();
    }

    @Test
    void aUserWhoIsAddedGetsIn() throws Exception {
        told.requireLogin().users(Map.of(ANN, OF_ANN));
        start();
        try (WireClient before = WireClient.connect(server, ProtocolLevel.PYSKSYNC_2)) {
            before.challenged("bob", "two");
            before.peer().expectLine("").expectEndOfStream();
        }

        told.users(Map.of(ANN, OF_ANN, BOB, OF_BOB));
        reload();

        try (WireClient after = loggedIn("bob", "two")) {
            after.greet().request("2", "0", notes.toString());
        }
    }

    @Test
    void aUserWhoIsRemovedGetsInNoMoreAndTheRunningSessionEndsWithoutATrace() throws Exception {
        told.requireLogin();
        start();
        try (WireClient anns = uploading(loggedIn("ann", "one"), notes)) {
            told.users(Map.of(BOB, OF_BOB));
            reload();

            anns.peer().expectClose();
        }
        try (WireClient again = WireClient.connect(server, ProtocolLevel.PYSKSYNC_2)) {
            again.challenged("ann", "one");
            again.peer().expectLine("").expectEndOfStream();
        }

        await().untilAsserted(() -> assertThat(TreeFixture.others(notes)).isEmpty());
        assertThat(TreeFixture.read(notes)).isEqualTo(Map.of("f", OLD));
        assertThat(server.status().lastSyncs()).singleElement().satisfies(last -> assertThat(
                        last.summary().outcome())
                .isEqualTo("cut short: the configuration has changed, user \"ann\" is gone"));
    }

    @Test
    void aSessionEndsWhoseUserHasAnotherPasswordAndThoseOfOthersGoOn() throws Exception {
        told.requireLogin().roots(notes, books);
        start();
        try (WireClient anns = uploading(loggedIn("ann", "one"), notes);
                WireClient bobs = uploading(loggedIn("bob", "two"), books)) {
            told.users(Map.of(ANN, TestServer.verifier("ann", "three"), BOB, OF_BOB));
            reload();

            anns.peer().expectClose();
            finishes(bobs);
        }

        assertThat(TreeFixture.read(books)).isEqualTo(Map.of("f", NEW));
    }

    @Test
    void aLoginThatHadBegunWhenItsUserWasRemovedIsRefusedAtTheGreeting() throws Exception {
        told.requireLogin();
        start();
        try (WireClient client = loggedIn("ann", "one")) {
            told.users(Map.of(BOB, OF_BOB));
            reload();

            client.peer().send("pysksync 2\n").expectLine("").expectEndOfStream();
        }
    }

    @Test
    void aSessionEndsWhoseDirectoryIsNoLongerOffered() throws Exception {
        told.roots(notes, books);
        start();
        try (WireClient inNotes = uploading(WireClient.connect(server, ProtocolLevel.PYSKSYNC_2), notes);
                WireClient inBooks = uploading(WireClient.connect(server, ProtocolLevel.PYSKSYNC_2), books)) {
            told.roots(books);
            reload();

            inNotes.peer().expectClose();
            finishes(inBooks);
        }
        try (WireClient late =
                WireClient.connect(server, ProtocolLevel.PYSKSYNC_2).greet().sendRequest("2", "0", notes.toString())) {
            late.peer().expectEndOfStream();
        }
    }

    @Test
    void aSessionThatHadGreetedWhenItsDirectoryWasTakenAwayEndsAfterItsRequest() throws Exception {
        told.roots(notes, books);
        start();
        try (WireClient client =
                WireClient.connect(server, ProtocolLevel.PYSKSYNC_2).greet()) {
            told.roots(books);
            reload();

            client.sendRequest("2", "0", notes.toString());
            client.peer().expectLine("md5").expectClose();
        }
    }

    @Test
    void aDirectoryThatIsAddedIsServed() throws Exception {
        start();
        told.roots(notes, books);
        reload();

        try (WireClient client = WireClient.begin(server, ProtocolLevel.PYSKSYNC_2, "2", books)) {
            client.list(Map.of()).answer(name -> new byte[0]);
            assertThat(client.takeOffers()).containsOnlyKeys("f");
        }
    }

    @Test
    void aSessionEndsThatStoresWhereItMayOnlyFetchByNow() throws Exception {
        start();
        try (WireClient client = uploading(WireClient.connect(server, ProtocolLevel.PYSKSYNC_2), notes)) {
            told.access(new AccessPolicy(
                    DirectoryRights.of(Map.of(notes.toString(), AccessRight.READ), AccessRight.READ_WRITE),
                    Map.of(),
                    Map.of()));
            reload();

            client.peer().expectClose();
        }
        assertThat(notes.resolve("f")).hasBinaryContent(OLD.content());
    }

    @Test
    void aSessionEndsThatDidNotLogInWhereThatIsDemandedByNow() throws Exception {
        start();
        try (WireClient anonymous = uploading(WireClient.connect(server, ProtocolLevel.PYSKSYNC_2), notes);
                WireClient anns = loggedIn("ann", "one").greet()) {
            told.requireLogin();
            reload();

            anonymous.peer().expectClose();
            anns.request("2", "0", notes.toString());
        }
    }

    @Test
    void aRunningSessionKeepsItsLimitsAndALaterOneHasOthers() throws Exception {
        start();
        try (WireClient running = uploading(WireClient.connect(server, ProtocolLevel.PYSKSYNC_2), notes)) {
            told.maxFileBytes(10);
            reload();

            finishes(running);
        }
        try (WireClient late = WireClient.begin(server, ProtocolLevel.PYSKSYNC_2, "1", notes)) {
            late.list(Map.of("g", NEW)).peer().expectLine("g").send("11\n").expectEndOfStream();
        }
    }

    @Test
    void thoseWhoAreHereStayWhenFewerMayCome() throws Exception {
        start();
        try (WireClient first =
                        WireClient.connect(server, ProtocolLevel.PYSKSYNC_2).greet();
                WireClient second =
                        WireClient.connect(server, ProtocolLevel.PYSKSYNC_2).greet()) {
            told.daemon(new DaemonLimits(2, 100, 100, 1024 * 1024, 5));
            reload();

            try (WireClient third = WireClient.connect(server, ProtocolLevel.PYSKSYNC_2)) {
                third.peer().expectClose();
            }
            first.request("2", "0", notes.toString());
            second.request("2", "0", notes.toString());
        }
        assertThat(server.status().limits().refused()).isEqualTo(Map.of("max_connections", 1L));
    }

    @Test
    void anUnknownUsersSaltStaysWhenTheUsersChange() throws Exception {
        told.requireLogin();
        start();
        String before = salt("nobody");

        told.users(Map.of(ANN, TestServer.verifier("ann", "three")));
        reload();

        assertThat(salt("nobody")).isEqualTo(before);
    }

    private String salt(String user) {
        try (WireClient client = WireClient.connect(server, ProtocolLevel.PYSKSYNC_2)) {
            String hex = HexFormat.of().formatHex(user.getBytes(US_ASCII));
            client.peer().send("PYSKSYNC SRP START:" + hex + " 02\n");
            return client.peer().readLine().split(" ", -1)[0];
        }
    }

    @Test
    void newConnectionsSeeTheNewCertificateAndOldOnesGoOn() throws Exception {
        Issued first = TestCertificates.certificate().selfSigned();
        Issued second = TestCertificates.certificate().selfSigned();
        told.tls(context(first, Optional.empty()));
        start();
        try (WireClient running = uploading(over(first), notes)) {
            told.tls(context(second, Optional.empty()));
            reload();

            finishes(running);
        }
        try (SSLSocket socket = (SSLSocket)
                second.sockets().createSocket("localhost", server.address().getPort())) {
            SSLSession session = socket.getSession();
            assertThat(session.getPeerCertificates()).startsWith(second.certificate());
        }
    }

    @Test
    void aSessionInTheClearEndsWhereTlsIsDemandedByNow() throws Exception {
        start();
        try (WireClient plain = uploading(WireClient.connect(server, ProtocolLevel.PYSKSYNC_2), notes)) {
            told.tls(context(TestCertificates.certificate().selfSigned(), Optional.empty()));
            reload();

            plain.peer().expectClose();
        }
    }

    @Test
    void aSessionEndsThatGotInByAnAuthorityWhichCountsNoLonger() throws Exception {
        Issued both = TestCertificates.certificate().selfSigned();
        Issued other = TestCertificates.authority("other");
        told.tls(new ServerTls(context(both, Optional.of(both)), Set.of(Fingerprint.of(both.certificate()))));
        start();
        try (WireClient client = over(both).greet()) {
            told.tls(new ServerTls(context(both, Optional.of(other)), Set.of(Fingerprint.of(other.certificate()))));
            reload();

            client.peer().expectClose();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"another's", "nobody's"})
    void aSessionEndsWhoseCertificateIsNoLongerItsUsers(String whose) throws Exception {
        Issued both = TestCertificates.certificate().selfSigned();
        Fingerprint fingerprint = Fingerprint.of(both.certificate());
        told.tls(new ServerTls(context(both, Optional.of(both)), Set.of(fingerprint)))
                .access(owners(Map.of(fingerprint, ANN)));
        start();
        try (WireClient client = over(both).greet()) {
            reload();
            client.request("2", "0", notes.toString());

            told.access(owners(whose.equals("nobody's") ? Map.of() : Map.of(fingerprint, BOB)));
            reload();

            client.peer().expectClose();
        }
    }

    @Test
    void aSessionWithoutAUsersCertificateEndsWhereOneIsDemandedByNow() throws Exception {
        Issued both = TestCertificates.certificate().selfSigned();
        Fingerprint fingerprint = Fingerprint.of(both.certificate());
        told.tls(new ServerTls(context(both, Optional.of(both)), Set.of(fingerprint)));
        start();
        try (WireClient client = over(both).greet()) {
            told.access(owners(Map.of(fingerprint, ANN)));
            reload();

            client.peer().expectClose();
        }
    }

    private static AccessPolicy owners(Map<Fingerprint, UserName> certificates) {
        return new AccessPolicy(DirectoryRights.of(Map.of(), AccessRight.READ_WRITE), Map.of(), certificates);
    }

    private WireClient over(Issued certificate) {
        return WireClient.over(
                ScriptedPeer.client(server.address().getPort(), certificate.sockets()), ProtocolLevel.PYSKSYNC_2);
    }

    private static SslContext context(Issued issued, Optional<Issued> clients) throws Exception {
        return TlsContexts.forServer(
                TlsIdentity.of(issued.key(), List.of(issued.certificate())),
                clients.map(authority ->
                        PeerTrust.ofCertificates(List.of(authority.certificate()), "the test", Clock.systemUTC())));
    }

    @Test
    void aThousandReloadsLeaveNoThreadBehind() throws Exception {
        start();
        try (WireClient running = uploading(WireClient.connect(server, ProtocolLevel.PYSKSYNC_2), notes)) {
            reload();
            await().untilAsserted(() -> assertThat(server.status().sessions()).hasSize(1));
            int before = ownThreads();

            for (int i = 0; i < 1000; i++) {
                reload();
            }

            await().untilAsserted(() -> assertThat(ownThreads()).isLessThanOrEqualTo(before + diskThreads()));
            finishes(running);
        }
    }

    private static int ownThreads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("sksync-"))
                .count();
    }

    /** They come as they are needed, up to a number that is always the same. */
    private static int diskThreads() {
        return Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
    }
}
