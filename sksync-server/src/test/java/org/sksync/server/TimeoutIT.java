package org.sksync.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.testkit.Fault;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.ScriptedPeer;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;

/** How long a client may be silent. */
@ExtendWith(NoLeaks.class)
final class TimeoutIT {
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final TreeFile OLD = TreeFile.text("old", 1_300_000_000);

    @TempDir
    private Path root;

    private SkSyncServer server;

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "pysk", "PYSKSYNC SRP START:61 02\n", "PYSKSYNC SRP START:61 02\n00"})
    void closesWhereNoGreetingComesInTime(String said) throws IOException {
        server = TestServer.of(root).openingTimeout(SHORT).idleTimeout(LONG).start();

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
        server = TestServer.of(root).openingTimeout(SHORT).idleTimeout(LONG).start();

        try (ScriptedPeer peer = ScriptedPeer.client(server.address().getPort())) {
            // 5 ms for each byte, so that without a limit it would be waited for until the peer gives up.
            peer.play(slow -> slow.send("x".repeat(1500), Fault.SLOW));
            await().until(() -> failed(peer));
        }
    }

    private static boolean failed(ScriptedPeer peer) {
        try {
            peer.verify();
            return false;
        } catch (AssertionError e) {
            return e.getMessage().contains("of 1500 bytes");
        }
    }

    @Test
    void aSessionThatHasGreetedMayOutlastTheOpening() throws Exception {
        server = TestServer.of(root).openingTimeout(SHORT).idleTimeout(LONG).start();

        try (WireClient client =
                        WireClient.connect(server, ProtocolLevel.PYSKSYNC_2).greet();
                ScriptedPeer later = ScriptedPeer.client(server.address().getPort())) {
            // Its opening began later, so when it is over the client's is over too.
            later.expectEndOfStream();

            client.request("2", "0", root.toRealPath().toString()).list(Map.of());
            client.peer().expect("\n\n").expectEndOfStream();
        }
    }

    @Test
    void closesOnAnIdleClientInEveryState() throws Exception {
        TreeFixture.write(root, Map.of("f", OLD));
        server = TestServer.of(root).openingTimeout(LONG).idleTimeout(SHORT).start();
        String path = root.toRealPath().toString();

        for (String said : new String[] {
            "",
            "1\n",
            "1\n0\n",
            "1\n0\n" + path + "\n",
            "1\n0\n" + path + "\n/x\n",
            "1\n0\n" + path + "\n/x\n1400000000000 f\n",
            "1\n0\n" + path + "\n/x\n1400000000000 f\n\n",
        }) {
            try (WireClient client =
                    WireClient.connect(server, ProtocolLevel.SKSYNC_1).greet()) {
                client.peer().send(said);
                if (said.endsWith("\n\n")) {
                    client.peer().expectLine("f").send("19\nhalf of it");
                }

                client.peer().expectClose();
            }
        }

        assertThat(TreeFixture.read(root)).isEqualTo(Map.of("f", OLD));
        await().untilAsserted(() -> assertThat(root.resolve(".sksync")).doesNotExist());
    }
}
