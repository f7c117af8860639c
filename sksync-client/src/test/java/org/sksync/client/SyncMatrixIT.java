package org.sksync.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.netty.handler.ssl.SslContext;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.client.report.SyncListener;
import org.sksync.client.report.SyncReport;
import org.sksync.files.path.EscapedText;
import org.sksync.files.scan.SkippedFile;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.Recursion;
import org.sksync.protocol.message.SyncType;
import org.sksync.server.SkSyncServer;
import org.sksync.server.config.LoginPolicy;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.TestCertificates;
import org.sksync.testkit.TestCertificates.Issued;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;
import org.sksync.testkit.Trees;
import org.sksync.transport.tls.PeerTrust;
import org.sksync.transport.tls.TlsContexts;
import org.sksync.transport.tls.TlsIdentity;

/** Our client and our server, in every way that they can meet; what must come of it is said by a table of the rules. */
@ExtendWith(NoLeaks.class)
final class SyncMatrixIT {
    private static final long NOW = 1_400_000_000;
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    /** How the two ends meet. */
    private enum Transport {
        PLAIN,
        TLS_PINNED,
        TLS_MUTUAL
    }

    /** Who the client is. */
    private enum Login {
        ANONYMOUS,
        SRP
    }

    private record Way(Transport transport, Login login, SkSyncServer server, Optional<SslContext> tls) {}

    private final NavigableMap<String, TreeFile> clientTree = new TreeMap<>();
    private final NavigableMap<String, TreeFile> serverTree = new TreeMap<>();
    private final List<Way> ways = new ArrayList<>();
    private final SkSyncClient client = new SkSyncClient();
    private Path base;

    @BeforeEach
    void start(@TempDir Path temp) throws Exception {
        base = temp.toRealPath();
        fillTrees();
        Issued serverIssued = TestCertificates.certificate().selfSigned();
        Issued clientIssued = TestCertificates.certificate().selfSigned();
        TlsIdentity serverIdentity = identity(serverIssued);
        SslContext pinning = TlsContexts.forClient(trust(serverIssued), Optional.empty());
        SslContext mutual = TlsContexts.forClient(trust(serverIssued), Optional.of(identity(clientIssued)));
        for (Login login : Login.values()) {
            LoginPolicy policy = login == Login.SRP ? LoginPolicy.REQUIRED : LoginPolicy.OPTIONAL;
            ways.add(new Way(
                    Transport.PLAIN, login, TestDaemon.start(base, Optional.empty(), policy), Optional.empty()));
            SslContext toAnyone = TlsContexts.forServer(serverIdentity, Optional.empty());
            ways.add(new Way(
                    Transport.TLS_PINNED,
                    login,
                    TestDaemon.start(base, Optional.of(toAnyone), policy),
                    Optional.of(pinning)));
            SslContext toKnown = TlsContexts.forServer(serverIdentity, Optional.of(trust(clientIssued)));
            ways.add(new Way(
                    Transport.TLS_MUTUAL,
                    login,
                    TestDaemon.start(base, Optional.of(toKnown), policy),
                    Optional.of(mutual)));
        }
    }

    @AfterEach
    void stop() {
        client.close();
        ways.forEach(way -> way.server().close());
    }

    private static TlsIdentity identity(Issued issued) throws Exception {
        return TlsIdentity.of(issued.key(), List.of(issued.certificate()));
    }

    private static PeerTrust trust(Issued issued) {
        return PeerTrust.ofCertificates(List.of(issued.certificate()), "the test", Clock.systemUTC());
    }

    private void fillTrees() {
        byte[] large = new byte[300 * 1024];
        new Random(1).nextBytes(large);
        for (String in : List.of("", "sub/deep/")) {
            onClient(in + "only-here", "here", NOW);
            onServer(in + "only-there", "there", NOW);
            onBoth(in + "newer here by 1 s", 1);
            onBoth(in + "newer here by 5 s", 5);
            onBoth(in + "newer there by 1 s", -1);
            onBoth(in + "newer there by 5 s", -5);
            onBoth(in + "of the same time and different", 0);
            onClient(in + "empty here", "", NOW);
            onServer(in + "empty there", "", NOW);
        }
        clientTree.put("sub/large here", TreeFile.of(large, NOW));
        serverTree.put("large there", TreeFile.of(large, NOW));
        onClient("only/on/one/side/here", "x", NOW - 1);
        onServer("only/on/the/other/side", "x", 0);
        for (String name :
                List.of("café €.txt", "Übergröße/Ÿž", "日本語/русский", "עברית", "👩\u200d💻", "e\u0301 ễ ไทย")) {
            onClient("c " + name, name, NOW);
            onServer("s " + name, name, NOW);
        }
        for (String name : List.of("both “½”", "both 酒")) {
            onServer(name, "older", NOW - 10);
            onClient(name, "newer", NOW);
        }
        onClient(" leading and trailing ", "x", NOW);
        onServer("-rf *?[a]", "x", NOW);
        onServer("before 1970", "x", -1);
    }

    private void onClient(String name, String content, long mtimeSeconds) {
        clientTree.put(name, TreeFile.text(content, mtimeSeconds));
    }

    private void onServer(String name, String content, long mtimeSeconds) {
        serverTree.put(name, TreeFile.text(content, mtimeSeconds));
    }

    private void onBoth(String name, int clientNewerBySeconds) {
        onClient(name, "the client's " + name, NOW + clientNewerBySeconds);
        onServer(name, "the server's copy of " + name, NOW);
    }

    @TestFactory
    Stream<DynamicTest> bothTreesAreAsTheRulesSayAndASecondRunMovesNothing() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Way way : ways) {
            for (ProtocolLevel level : ProtocolLevel.values()) {
                for (SyncType type : SyncType.values()) {
                    for (Recursion recursion : Recursion.values()) {
                        String name = String.join(
                                " ",
                                way.transport().name(),
                                way.login().name(),
                                level.greeting(),
                                type.configName(),
                                recursion.name());
                        tests.add(dynamicTest(name, () -> check(way, level, type, recursion)));
                    }
                }
            }
        }
        assertThat(tests).hasSize(3 * 2 * 3 * 6 * 2);
        return tests.stream();
    }

    private void check(Way way, ProtocolLevel level, SyncType type, Recursion recursion) throws Exception {
        Path serverRoot = Files.createTempDirectory(base, "server");
        Path clientRoot = Files.createTempDirectory(base, "client");
        TreeFixture.write(serverRoot, serverTree);
        TreeFixture.write(clientRoot, clientTree);
        Profiles described = Profiles.of(way.server().address().getPort(), clientRoot, serverRoot.toString())
                .level(level)
                .type(type)
                .recursion(recursion)
                .tls(way.tls());
        if (way.login() == Login.SRP) {
            described = described.login(TestDaemon.USER, TestDaemon.PASSWORD);
        }
        Oracle oracle = new Oracle(level, type, recursion);

        SyncReport report = client.sync(described.profile(), SyncListener.NONE);

        Trees.assertEqual(oracle.serverAfter(), TreeFixture.read(serverRoot));
        Trees.assertEqual(oracle.clientAfter(), TreeFixture.read(clientRoot));
        assertThat(report.sentFiles()).isEqualTo(oracle.toServer.size());
        assertThat(report.sentBytes()).isEqualTo(bytes(oracle.toServer, clientTree));
        assertThat(report.receivedFiles()).isEqualTo(oracle.toClient.size());
        assertThat(report.receivedBytes()).isEqualTo(bytes(oracle.toClient, serverTree));
        assertThat(report.skipped())
                .extracting(SkippedFile::name)
                .containsExactlyInAnyOrderElementsOf(oracle.uncarriedOfClient);
        assertThat(TreeFixture.others(serverRoot)).doesNotContain(".sksync");
        assertThat(TreeFixture.others(clientRoot)).doesNotContain(".sksync");

        SyncReport second = client.sync(described.profile(), SyncListener.NONE);

        assertThat(second.sentFiles()).isZero();
        assertThat(second.receivedFiles()).isZero();
    }

    private static long bytes(Set<String> names, NavigableMap<String, TreeFile> tree) {
        return names.stream().mapToLong(name -> tree.get(name).length()).sum();
    }

    /** The rules of protocol.md, path by path. */
    private final class Oracle {
        private final Set<String> toServer = new TreeSet<>();
        private final Set<String> toClient = new TreeSet<>();
        private final Set<String> uncarriedOfClient = new TreeSet<>();

        Oracle(ProtocolLevel level, SyncType type, Recursion recursion) {
            String digit = String.valueOf(Arrays.asList(SyncType.values()).indexOf(type));
            boolean sends = "0134".contains(digit);
            boolean receives = "0235".contains(digit);
            boolean usesTimes = "012".contains(digit);
            Charset names = level.greeting().equals("sksync 1") ? WINDOWS_1252 : UTF_8;
            Set<String> all = new TreeSet<>(clientTree.keySet());
            all.addAll(serverTree.keySet());
            for (String name : all) {
                if (recursion == Recursion.TOP_LEVEL && name.contains("/")) {
                    continue;
                }
                TreeFile here = clientTree.get(name);
                TreeFile there = serverTree.get(name);
                if (!names.newEncoder().canEncode(name)) {
                    if (here != null) {
                        uncarriedOfClient.add(EscapedText.of(name));
                    }
                } else if (there == null) {
                    addIf(sends, toServer, name);
                } else if (here == null) {
                    addIf(receives, toClient, name);
                } else if (usesTimes) {
                    addIf(sends && here.mtimeSeconds() > there.mtimeSeconds(), toServer, name);
                    addIf(receives && there.mtimeSeconds() > here.mtimeSeconds(), toClient, name);
                }
            }
        }

        private static void addIf(boolean travels, Set<String> names, String name) {
            if (travels) {
                names.add(name);
            }
        }

        NavigableMap<String, TreeFile> serverAfter() {
            return after(serverTree, clientTree, toServer);
        }

        NavigableMap<String, TreeFile> clientAfter() {
            return after(clientTree, serverTree, toClient);
        }

        private static NavigableMap<String, TreeFile> after(
                NavigableMap<String, TreeFile> before, NavigableMap<String, TreeFile> from, Set<String> names) {
            NavigableMap<String, TreeFile> after = new TreeMap<>(before);
            names.forEach(name -> after.put(name, from.get(name)));
            return after;
        }
    }
}
