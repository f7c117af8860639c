package org.sksync.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.testkit.Cuts;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.ScriptedPeer;
import org.sksync.testkit.Side;
import org.sksync.testkit.Transcript;
import org.sksync.testkit.Transcript.Turn;
import org.sksync.testkit.Transcripts;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;
import org.sksync.testkit.Trees;

/**
 * Clients that were recorded speak to our server. Their bytes are sent as they were, but for the server's path and for
 * the login, whose numbers are drawn anew each time.
 */
@ExtendWith(NoLeaks.class)
final class TranscriptReplayIT {
    private static final String RECORDED_PATH = "/srv/sync";

    private SkSyncServer server;
    private Path allowed;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        allowed = directory.toRealPath();
        server = TestServer.of(allowed).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static Stream<Arguments> sessions() {
        long seed = System.nanoTime();
        return Transcripts.all().stream()
                .flatMap(transcript -> Stream.of(Cuts.WHOLE, Cuts.BYTE_BY_BYTE, Cuts.random(seed))
                        .map(cuts -> Arguments.of(transcript, cuts)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("sessions")
    void recordedClientGetsWhatItGotThen(Transcript transcript, Cuts cuts) throws Exception {
        Path root = newRoot();
        TreeFixture.write(root, transcript.serverBefore());
        ProtocolLevel level = ProtocolLevel.fromGreeting(transcript.protocol()).orElseThrow();

        NavigableMap<String, TreeFile> clientTree = new TreeMap<>(transcript.clientBefore());
        try (ScriptedPeer peer = ScriptedPeer.client(server.address().getPort()).with(cuts)) {
            Replay replay = new Replay(transcript, WireClient.over(peer, level));
            replay.open(root);
            replay.answerRequests();
            clientTree.putAll(replay.takeOffers());
            peer.expectEndOfStream();
        }

        Trees.assertEqual(transcript.clientAfter(), clientTree);
        Trees.assertEqual(transcript.serverAfter(), TreeFixture.read(root));
        assertThat(TreeFixture.others(root)).doesNotContain(".sksync");
    }

    @ParameterizedTest
    @MethodSource("downloads")
    void clientThatSaysEverythingAtOnceIsServedAsWell(Transcript transcript) throws Exception {
        Path root = newRoot();
        TreeFixture.write(root, transcript.serverBefore());
        ProtocolLevel level = ProtocolLevel.fromGreeting(transcript.protocol()).orElseThrow();
        String said = new String(transcript.said(Side.CLIENT), ISO_8859_1).replace(RECORDED_PATH, latin1(root, level));

        NavigableMap<String, TreeFile> clientTree = new TreeMap<>(transcript.clientBefore());
        try (ScriptedPeer peer = ScriptedPeer.client(server.address().getPort())) {
            peer.send(said).expectLine("Protocol Established");
            if (level == ProtocolLevel.PYSKSYNC_2) {
                peer.expectLine("md5");
            }
            peer.expectLine("");
            clientTree.putAll(WireClient.over(peer, level).takeOffers());
            peer.expectEndOfStream();
        }

        Trees.assertEqual(transcript.clientAfter(), clientTree);
        Trees.assertEqual(transcript.serverAfter(), TreeFixture.read(root));
    }

    static Stream<Transcript> downloads() {
        return Transcripts.all().stream()
                .filter(transcript -> !transcript.authenticated())
                .filter(transcript -> Replay.replies(transcript).isEmpty());
    }

    private Path newRoot() throws IOException {
        return Files.createTempDirectory(allowed, "root");
    }

    private static String latin1(Path root, ProtocolLevel level) {
        return new String(root.toString().getBytes(level.nameCharset()), ISO_8859_1);
    }

    /** One recorded client; keeps what the server said, to compare it where only one order is possible. */
    static final class Replay {
        private final Transcript transcript;
        private final WireClient client;
        private final ScriptedPeer peer;
        private final List<Turn> turns;
        private int at;
        private int requests;

        Replay(Transcript transcript, WireClient client) {
            this.transcript = transcript;
            this.client = client;
            this.peer = client.peer();
            this.turns = transcript.exchange();
        }

        /** Says all that comes before the server's first request or offer. */
        void open(Path root) throws Exception {
            if (transcript.authenticated()) {
                client.login(TestServer.USER, TestServer.PASSWORD);
                at = 4;
            }
            int opening = transcript.protocol().equals("pysksync 2") ? 5 : 3;
            for (int end = at + opening; at < end; at++) {
                Turn turn = turns.get(at);
                if (turn.side() == Side.SERVER) {
                    peer.expect(turn.bytes());
                } else {
                    peer.send(new String(turn.bytes(), ISO_8859_1).replace(RECORDED_PATH, root.toString()));
                }
            }
        }

        void answerRequests() {
            Map<String, byte[]> replies = replies(transcript);
            List<String> requested = client.answer(replies::get);
            assertThat(requested).containsExactlyInAnyOrderElementsOf(replies.keySet());
            requests = requested.size();
        }

        NavigableMap<String, TreeFile> takeOffers() {
            NavigableMap<String, TreeFile> expected = new TreeMap<>(transcript.clientAfter());
            transcript.clientBefore().forEach(expected::remove);
            if (requests == 0 && expected.size() <= 1) {
                peer.expect(lastWords());
                return expected;
            }
            return client.takeOffers();
        }

        /** Returns what the server gave, without the line that ends its requests. */
        private byte[] lastWords() {
            ByteArrayOutputStream words = new ByteArrayOutputStream();
            turns.subList(at, turns.size()).forEach(turn -> words.writeBytes(turn.bytes()));
            byte[] all = words.toByteArray();
            return Arrays.copyOfRange(all, 1, all.length);
        }

        /** Returns the recorded answers to requests, by name. */
        static Map<String, byte[]> replies(Transcript transcript) {
            Map<String, byte[]> replies = new HashMap<>();
            List<Turn> turns = transcript.exchange();
            int listed = transcript.protocol().equals("pysksync 2") ? 5 : 3;
            int first = (transcript.authenticated() ? 4 : 0) + listed;
            for (int i = first; i + 1 < turns.size(); i += 2) {
                String name = new String(turns.get(i).bytes(), ISO_8859_1);
                replies.put(
                        name.substring(0, name.length() - 1), turns.get(i + 1).bytes());
            }
            return replies;
        }
    }
}
