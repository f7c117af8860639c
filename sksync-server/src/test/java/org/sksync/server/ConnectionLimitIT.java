package org.sksync.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.server.config.DaemonLimits;
import org.sksync.testkit.Fault;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.ScriptedPeer;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;

/** How many may be connected, and who has to go. */
@ExtendWith(NoLeaks.class)
final class ConnectionLimitIT {
    private static final int MANY = 1000;
    private static final long MEMORY = 1024 * 1024;
    private static final Map<String, TreeFile> TREE = Map.of("f", TreeFile.text("f", 1_400_000_000));

    @TempDir
    private Path temp;

    private Path root;
    private final List<ScriptedPeer> peers = new ArrayList<>();
    private SkSyncServer server;

    @BeforeEach
    void makeTree() throws IOException {
        root = temp.toRealPath();
        TreeFixture.write(root, TREE);
    }

    @AfterEach
    void stop() {
        peers.forEach(ScriptedPeer::close);
        server.close();
    }

    @Test
    void thoseThatSayNothingMakeRoomForOneThatSyncs() throws Exception {
        start(new DaemonLimits(MANY, MANY, 3, MEMORY, 5));
        List<ScriptedPeer> silent = connect(9);

        assertSyncs();

        for (ScriptedPeer peer : silent.subList(0, 7)) {
            peer.expectClose();
        }
        silent.get(7).send("pysksync 2\n").expectLine("Protocol Established");
        silent.get(8).send("pysksync 2\n").expectLine("Protocol Established");
    }

    @Test
    void thoseThatSayNothingMakeRoomForOneOfTheSameAddress() throws Exception {
        start(new DaemonLimits(MANY, 2, MANY, MEMORY, 5));
        List<ScriptedPeer> silent = connect(4);

        assertSyncs();

        silent.get(0).expectClose();
        silent.get(1).expectClose();
        silent.get(2).expectClose();
        silent.get(3).send("pysksync 2\n").expectLine("Protocol Established");
    }

    @Test
    void aNewOneIsRefusedWhereAllAreAtWorkAndAcceptedWhenOneHasLeft() throws Exception {
        start(new DaemonLimits(2, MANY, MANY, MEMORY, 5));
        ScriptedPeer first = greeted();
        ScriptedPeer second = greeted();

        for (int i = 0; i < 100; i++) {
            connect(1).get(0).expectClose();
        }
        first.send("", Fault.CLOSE);

        // The daemon hears of the end in its own time.
        await().untilAsserted(this::assertSyncs);
        second.send("1\n0\n" + root + "\n/x\n").expectLine("md5");
    }

    @Test
    void aNewOneIsRefusedWhereAllOfItsAddressAreAtWork() throws Exception {
        start(new DaemonLimits(MANY, 1, MANY, MEMORY, 5));
        ScriptedPeer only = greeted();

        connect(1).get(0).expectClose();

        only.send("1\n0\n" + root + "\n/x\n").expectLine("md5");
    }

    private void start(DaemonLimits limits) throws IOException {
        server = TestServer.of(root).daemon(limits).start();
    }

    private List<ScriptedPeer> connect(int count) {
        List<ScriptedPeer> connected = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            connected.add(ScriptedPeer.client(server.address().getPort()));
        }
        peers.addAll(connected);
        return connected;
    }

    private ScriptedPeer greeted() {
        ScriptedPeer peer = connect(1).get(0);
        return peer.send("pysksync 2\n").expectLine("Protocol Established");
    }

    private void assertSyncs() {
        try (WireClient client = WireClient.begin(server, ProtocolLevel.PYSKSYNC_2, "2", root)) {
            client.list(Map.of()).answer(name -> new byte[0]);
            assertThat(client.takeOffers()).isEqualTo(TREE);
        }
    }
}
