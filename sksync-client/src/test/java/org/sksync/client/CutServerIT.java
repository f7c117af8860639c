package org.sksync.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sksync.client.report.SyncFailedException;
import org.sksync.client.report.SyncFailedException.Kind;
import org.sksync.client.report.SyncListener;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.testkit.Fault;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.ScriptedPeer;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;

/** A server whose connection ends after each byte of a whole session, in every way that a connection can end. */
@ExtendWith(NoLeaks.class)
final class CutServerIT {
    private static final TreeFile OLD = TreeFile.text("old", 1_300_000_000);
    private static final TreeFile NEW = TreeFile.text("new, and longer", 1_400_000_000);
    private static final Map<String, TreeFile> BEFORE = Map.of("f", OLD, "ours", OLD);
    private static final Map<String, TreeFile> AFTER = Map.of("f", NEW, "n/x", NEW, "ours", OLD);
    private static final List<Fault> FAULTS = List.of(Fault.CLOSE, Fault.RESET, Fault.HALF_CLOSE);

    private final SkSyncClient client = new SkSyncClient();

    @TempDir
    private Path temp;

    @AfterEach
    void stop() {
        client.close();
    }

    /** A server that says so many bytes and no more. */
    private static final class Server {
        private final ScriptedPeer peer;
        private final ProtocolLevel level;
        private int left;
        private volatile boolean offeredF;

        Server(ScriptedPeer peer, ProtocolLevel level, int bytes) {
            this.peer = peer;
            this.level = level;
            this.left = bytes;
        }

        void run(Fault fault) {
            if (!saysAll()) {
                peer.send("", fault);
            }
        }

        private boolean saysAll() {
            peer.expectLine(level.greeting());
            if (!say("Protocol Established\n")) {
                return false;
            }
            for (int line = 0; line < 4; line++) {
                peer.readLine();
            }
            if (level == ProtocolLevel.PYSKSYNC_2 && !say("md5\n")) {
                return false;
            }
            while (!peer.readLine().isEmpty()) {}
            if (!say("ours\n")) {
                return false;
            }
            peer.expectLine(String.valueOf(OLD.length())).readExactly(OLD.length());
            if (level == ProtocolLevel.PYSKSYNC_2) {
                peer.readLine();
            }
            offeredF = say("\n") && say(offer("f"));
            return offeredF && say(offer("n/x")) && say("\n");
        }

        private byte[] offer(String name) {
            return WireServer.offered(level, name, NEW.mtimeSeconds(), new String(NEW.content(), US_ASCII));
        }

        private boolean say(String text) {
            return say(text.getBytes(US_ASCII));
        }

        private boolean say(byte[] bytes) {
            int now = Math.min(left, bytes.length);
            left -= now;
            peer.send(Arrays.copyOf(bytes, now));
            return now == bytes.length;
        }
    }

    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void leavesOldOrNewFilesAndFailsUpToTheLastByte(ProtocolLevel level) throws Exception {
        int bytes = 0;
        while (failsAfter(bytes, level)) {
            bytes++;
        }
        assertThat(bytes).isGreaterThan(90);
    }

    private boolean failsAfter(int bytes, ProtocolLevel level) throws Exception {
        Path root = Files.createDirectory(temp.toRealPath().resolve("cut" + bytes));
        TreeFixture.write(root, BEFORE);
        try (ScriptedPeer peer = ScriptedPeer.server()) {
            Server server = new Server(peer, level, bytes);
            peer.play(said -> server.run(FAULTS.get(server.left % FAULTS.size())));
            Optional<Kind> failure =
                    sync(Profiles.of(peer.port(), root, "/srv/sync").level(level));
            peer.verify();

            if (failure.isEmpty()) {
                assertThat(TreeFixture.read(root)).isEqualTo(AFTER);
            } else {
                assertThat(failure.get()).isIn(Kind.NETWORK, Kind.PATH);
                assertOldOrNew(root, server.offeredF);
            }
            return failure.isPresent();
        }
    }

    private Optional<Kind> sync(Profiles profile) throws InterruptedException {
        try {
            client.sync(profile.profile(), SyncListener.NONE);
            return Optional.empty();
        } catch (SyncFailedException e) {
            return Optional.of(e.kind());
        }
    }

    private static void assertOldOrNew(Path root, boolean offeredF) throws IOException {
        SortedMap<String, TreeFile> found = new TreeMap<>(TreeFixture.read(root));
        assertThat(found.remove("ours")).isEqualTo(OLD);
        assertThat(found.remove("f")).isIn(offeredF ? List.of(OLD, NEW) : List.of(OLD));
        assertThat(found).isIn(Map.of(), Map.of("n/x", NEW));
        assertThat(root.resolve(".sksync")).doesNotExist();
    }
}
