package org.sksync.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.ProtocolLevel.RequestPace;
import org.sksync.testkit.Fault;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.ScriptedPeer;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;

/** A client whose connection ends after each byte of a whole session, in every way that a connection can end. */
@ExtendWith(NoLeaks.class)
final class CutSessionIT {
    private static final TreeFile OLD = TreeFile.text("old", 1_300_000_000);
    private static final TreeFile NEW = TreeFile.text("new, and longer", 1_400_000_000);
    private static final Map<String, TreeFile> BEFORE = Map.of("f", OLD, "theirs", OLD);
    private static final Map<String, TreeFile> AFTER = Map.of("f", NEW, "n/x", NEW, "theirs", OLD);
    private static final List<Fault> FAULTS = List.of(Fault.CLOSE, Fault.RESET, Fault.HALF_CLOSE);

    @TempDir
    private Path temp;

    /** A client that says so many bytes and no more. */
    private static final class Client {
        private final WireClient words;
        private final ScriptedPeer peer;
        private final Path root;
        private int left;
        private boolean saidF;

        Client(WireClient words, Path root, int bytes) {
            this.words = words;
            this.peer = words.peer();
            this.root = root;
            this.left = bytes;
        }

        /** Returns whether the session got to its end. */
        boolean run(ProtocolLevel level) {
            boolean whole = say(level.greeting() + "\n");
            if (whole) {
                peer.expectLine("Protocol Established");
                whole = say("0\n0\n" + root + "\n/home/u/sync\n");
            }
            if (whole && level == ProtocolLevel.PYSKSYNC_2) {
                peer.expectLine("md5");
            }
            whole = whole && say("1400000000000 f\n1400000000000 n/x\n\n");
            boolean ahead = level.requestPace() != RequestPace.LOCKSTEP;
            if (whole) {
                peer.expect(ahead ? "f\nn/x\n" : "f\n");
                saidF = say(new String(words.reply(NEW.content()), ISO_8859_1));
                whole = saidF;
            }
            if (whole && !ahead) {
                peer.expectLine("n/x");
            }
            whole = whole && say(new String(words.reply(NEW.content()), ISO_8859_1));
            if (whole) {
                peer.expectLine("");
                assertThat(words.takeOffers()).isEqualTo(Map.of("theirs", OLD));
                peer.expectEndOfStream();
            }
            return whole;
        }

        private boolean say(String text) {
            byte[] bytes = text.getBytes(US_ASCII);
            int now = Math.min(left, bytes.length);
            left -= now;
            peer.send(Arrays.copyOf(bytes, now));
            return now == bytes.length;
        }

        /** Ends the connection; where the server is left to close it, waits for that. */
        void end(Fault fault) {
            peer.send("", fault);
            if (fault == Fault.HALF_CLOSE) {
                String rest = rest();
                assertThat(rest).as("what the server still says").hasSizeLessThan(200);
            }
        }

        private String rest() {
            StringBuilder rest = new StringBuilder();
            try {
                while (true) {
                    rest.append(new String(peer.readExactly(1), ISO_8859_1));
                }
            } catch (AssertionError e) {
                assertThat(e).hasMessageMatching("(?s).*(closed|reset).*");
                return rest.toString();
            }
        }
    }

    private record Cut(Path root, boolean saidF) {}

    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void leavesOldOrNewFilesAndServesTheNext(ProtocolLevel level) throws Exception {
        Path top = temp.toRealPath();
        List<Cut> cuts = new ArrayList<>();
        try (SkSyncServer server = TestServer.of(top).start()) {
            boolean whole = false;
            for (int bytes = 0; !whole; bytes++) {
                Path root = makeTree(top.resolve("cut" + bytes));
                try (WireClient words = WireClient.connect(server, level)) {
                    Client client = new Client(words, root, bytes);
                    whole = client.run(level);
                    if (!whole) {
                        client.end(FAULTS.get(bytes % FAULTS.size()));
                        cuts.add(new Cut(root, client.saidF));
                    } else {
                        assertThat(TreeFixture.read(root)).isEqualTo(AFTER);
                    }
                }
            }
        }

        assertThat(cuts).hasSizeGreaterThan(100);
        assertThat(cuts).anyMatch(Cut::saidF).allSatisfy(CutSessionIT::assertOldOrNew);
    }

    private static Path makeTree(Path root) throws IOException {
        TreeFixture.write(Files.createDirectory(root), BEFORE);
        return root;
    }

    private static void assertOldOrNew(Cut cut) throws IOException {
        SortedMap<String, TreeFile> found = new TreeMap<>(TreeFixture.read(cut.root()));
        assertThat(found.remove("theirs")).isEqualTo(OLD);
        assertThat(found.remove("f")).isIn(cut.saidF() ? List.of(OLD, NEW) : List.of(OLD));
        assertThat(found).isIn(Map.of(), Map.of("n/x", NEW));
        assertThat(cut.root().resolve(".sksync")).doesNotExist();
    }
}
