package org.sksync.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.handler.ssl.SslContextBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.server.config.Timeouts;
import org.sksync.testkit.Fault;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.ScriptedPeer;
import org.sksync.testkit.TestCertificates;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;
import org.sksync.transport.watch.Pace;

/** How long a client may take in each state: no state lets it stay by silence, or by a byte now and then. */
@ExtendWith(NoLeaks.class)
final class TimeoutIT {
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Timeouts PATIENT =
            new Timeouts(LONG, LONG, LONG, LONG, LONG, new Pace(1, LONG), Duration.ofSeconds(60));
    private static final Timeouts SHORT_OPENING =
            new Timeouts(LONG, SHORT, LONG, LONG, LONG, PATIENT.pace(), PATIENT.disk());
    /** Faster than a peer that sends a byte every 5 ms. */
    private static final Pace BRISK = new Pace(2000, SHORT);

    private static final TreeFile OLD = TreeFile.text("old", 1_300_000_000);

    @TempDir
    private Path temp;

    private Path root;
    private SkSyncServer server;

    @BeforeEach
    void makeTree() throws IOException {
        root = temp.toRealPath();
        TreeFixture.write(root, Map.of("f", OLD));
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        assertThat(TreeFixture.read(root)).isEqualTo(Map.of("f", OLD));
        assertThat(root.resolve(".sksync")).doesNotExist();
    }

    /** What ends a client that is too slow. */
    private enum Limit {
        REQUEST,
        LISTING,
        FILE,
        PACE
    }

    /** Where a client stops to talk, and the limit that ends it there. */
    private enum Waiting {
        TYPE("", "", Limit.REQUEST),
        RECURSION("1\n", "", Limit.REQUEST),
        SERVER_PATH("1\n0\n", "", Limit.REQUEST),
        CLIENT_PATH("1\n0\nROOT\n", "", Limit.REQUEST),
        LISTING("1\n0\nROOT\n/x\n", "", Limit.LISTING),
        LISTING_BEGUN("1\n0\nROOT\n/x\n1400000000000 f\n", "", Limit.LISTING),
        LISTING_PACE("1\n0\nROOT\n/x\n1400000000000 f\n", "", Limit.PACE),
        FILE_LENGTH("1\n0\nROOT\n/x\n1400000000000 f\n\n", "", Limit.FILE),
        CONTENT("1\n0\nROOT\n/x\n1400000000000 f\n\n", "100000\nbegun", Limit.PACE),
        CHECKSUM("1\n0\nROOT\n/x\n1400000000000 f\n\n", "5\nwhole", Limit.FILE),
        CHECKSUM_OF_NOTHING("1\n0\nROOT\n/x\n1400000000000 f\n\n", "0\n", Limit.FILE);

        private final String said;
        private final String ofTheFile;
        private final Limit limit;

        Waiting(String said, String ofTheFile, Limit limit) {
            this.said = said;
            this.ofTheFile = ofTheFile;
            this.limit = limit;
        }

        /** Returns times that are long, but for the one that ends a client here. */
        Timeouts timeouts() {
            return new Timeouts(
                    LONG,
                    LONG,
                    limit == Limit.REQUEST ? SHORT : LONG,
                    limit == Limit.LISTING ? SHORT : LONG,
                    limit == Limit.FILE ? SHORT : LONG,
                    limit == Limit.PACE ? BRISK : PATIENT.pace(),
                    PATIENT.disk());
        }

        WireClient arrive(SkSyncServer server, Path root) {
            WireClient client =
                    WireClient.connect(server, ProtocolLevel.PYSKSYNC_2).greet();
            client.peer().send(said.replace("ROOT", root.toString()));
            if (said.contains("/x\n")) {
                client.peer().expectLine("md5");
            }
            if (said.endsWith("\n\n")) {
                client.peer().expectLine("f").send(ofTheFile);
            }
            return client;
        }
    }

    @ParameterizedTest
    @EnumSource
    void closesOnASilentClient(Waiting where) throws IOException {
        server = TestServer.of(root).timeouts(where.timeouts()).start();

        try (WireClient client = where.arrive(server, root)) {
            if (where == Waiting.LISTING_PACE) {
                client.peer().send("1");
            }
            client.peer().expectClose();
        }
    }

    @ParameterizedTest
    @EnumSource
    void closesOnAClientThatDrips(Waiting where) throws IOException {
        server = TestServer.of(root).timeouts(where.timeouts()).start();

        try (WireClient client = where.arrive(server, root)) {
            assertCutWhileItDrips(client.peer(), "1");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pysk", "PYSKSYNC SRP START:61 02\n", "PYSKSYNC SRP START:61 02\n00"})
    void closesWhereNoGreetingComesInTime(String said) throws IOException {
        server = TestServer.of(root).timeouts(SHORT_OPENING).start();

        try (ScriptedPeer peer = ScriptedPeer.client(server.address().getPort())) {
            peer.send(said);
            if (said.contains("\n")) {
                peer.readLine();
            }

            peer.expectEndOfStream();
        }
    }

    @Test
    void bytesThatTrickleDoNotProlongTheOpening() throws IOException {
        server = TestServer.of(root).timeouts(SHORT_OPENING).start();

        try (ScriptedPeer peer = ScriptedPeer.client(server.address().getPort())) {
            assertCutWhileItDrips(peer, "x");
        }
    }

    @Test
    void bytesThatTrickleDoNotProlongATlsHandshake() throws Exception {
        TestCertificates.Issued issued = TestCertificates.certificate().selfSigned();
        server = TestServer.of(root)
                .tls(SslContextBuilder.forServer(issued.key(), issued.certificate())
                        .build())
                .timeouts(new Timeouts(SHORT, LONG, LONG, LONG, LONG, PATIENT.pace(), PATIENT.disk()))
                .start();

        try (ScriptedPeer peer = ScriptedPeer.client(server.address().getPort())) {
            peer.send("\u0016\u0003\u0001@\u0000\u0001");
            assertCutWhileItDrips(peer, "\0");
        }
    }

    @Test
    void aSessionThatHasGreetedMayOutlastTheOpening() throws Exception {
        server = TestServer.of(root).timeouts(SHORT_OPENING).start();

        try (WireClient client =
                        WireClient.connect(server, ProtocolLevel.PYSKSYNC_2).greet();
                ScriptedPeer later = ScriptedPeer.client(server.address().getPort())) {
            // Its opening began later, so when it is over the client's is over too.
            later.expectEndOfStream();

            client.request("1", "0", root.toString()).list(Map.of());
            client.peer().expect("\n\n").expectEndOfStream();
        }
    }

    @Test
    void aClientMayScanForLongerThanTheWindowOfThePaceBeforeItLists() throws Exception {
        Timeouts longOpening = new Timeouts(LONG, SHORT.multipliedBy(3), LONG, LONG, LONG, BRISK, PATIENT.disk());
        server = TestServer.of(root).timeouts(longOpening).start();

        try (WireClient client = WireClient.begin(server, ProtocolLevel.PYSKSYNC_2, "1", root);
                ScriptedPeer later = ScriptedPeer.client(server.address().getPort())) {
            later.expectEndOfStream();

            client.list(Map.of()).peer().expect("\n\n").expectEndOfStream();
        }
    }

    private static void assertCutWhileItDrips(ScriptedPeer peer, String drop) {
        // 5 ms for each byte, so that without a limit it would be waited for until the peer gives up.
        peer.play(slow -> slow.send(drop.repeat(1500), Fault.SLOW));
        await().until(() -> failed(peer));
    }

    private static boolean failed(ScriptedPeer peer) {
        try {
            peer.verify();
            return false;
        } catch (AssertionError e) {
            return e.getMessage().contains("of 1500 bytes");
        }
    }
}
