package org.sksync.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sksync.client.report.SyncListener;
import org.sksync.client.report.SyncReport;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.Recursion;
import org.sksync.protocol.message.SyncType;
import org.sksync.protocol.srp.Hex;
import org.sksync.protocol.srp.SrpServerHandshake;
import org.sksync.protocol.srp.SrpVerifier;
import org.sksync.protocol.srp.UserName;
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
 * Servers that were recorded speak to our client, byte for byte but for the login, whose numbers are drawn anew. What
 * our client says is what the recorded one said, but for the order of its listing and its one empty line where that one
 * sent two.
 */
@ExtendWith(NoLeaks.class)
final class TranscriptReplayIT {
    private static final String SERVER_PATH = "/srv/sync";
    private static final String USER = "testuser";
    private static final String PASSWORD = "testpassword";

    private final SkSyncClient client = new SkSyncClient();

    @TempDir
    private Path root;

    @AfterEach
    void stop() {
        client.close();
    }

    static Stream<Arguments> sessions() {
        long seed = System.nanoTime();
        return Transcripts.all().stream()
                .flatMap(transcript -> Stream.of(Cuts.WHOLE, Cuts.BYTE_BY_BYTE, Cuts.random(seed))
                        .map(cuts -> Arguments.of(transcript, cuts)));
    }

    @ParameterizedTest(name = "{0}, {1}")
    @MethodSource("sessions")
    void doesWithARecordedServerWhatTheRecordedClientDid(Transcript transcript, Cuts cuts) throws Exception {
        TreeFixture.write(root, transcript.clientBefore());
        try (ScriptedPeer server = ScriptedPeer.server().with(cuts)) {
            server.play(peer -> replay(peer, transcript, root));

            SyncReport report =
                    client.sync(profile(transcript, server.port(), root).profile(), SyncListener.NONE);

            server.verify();
            assertThat(report.receivedFiles()).isEqualTo(changed(transcript.clientBefore(), transcript.clientAfter()));
            assertThat(report.sentFiles()).isEqualTo(changed(transcript.serverBefore(), transcript.serverAfter()));
            assertThat(report.skipped()).isEmpty();
        }
        Trees.assertEqual(transcript.clientAfter(), TreeFixture.read(root));
        assertThat(TreeFixture.others(root)).doesNotContain(".sksync");
    }

    static Profiles profile(Transcript transcript, int port, Path root) {
        Profiles profile = Profiles.of(port, root, SERVER_PATH)
                .level(ProtocolLevel.fromGreeting(transcript.protocol()).orElseThrow())
                .type(Arrays.stream(SyncType.values())
                        .filter(type -> type.configName().equals(transcript.syncType()))
                        .findFirst()
                        .orElseThrow())
                .recursion(transcript.recursive() ? Recursion.RECURSIVE : Recursion.TOP_LEVEL);
        return transcript.authenticated() ? profile.login(USER, PASSWORD) : profile;
    }

    static void replay(ScriptedPeer peer, Transcript transcript, Path clientPath) throws Exception {
        List<Turn> turns = transcript.exchange();
        if (transcript.authenticated()) {
            logIn(peer);
            turns = turns.subList(4, turns.size());
        }
        boolean checksumComesFirst = transcript.protocol().equals("pysksync 2");
        String opening = latin1(turns.get(2));
        String[] lines = opening.split("\n", -1);
        peer.expect(turns.get(0).bytes()).send(turns.get(1).bytes());
        peer.expectLine(lines[0]).expectLine(lines[1]).expectLine(lines[2]).expectLine(clientPath.toString());
        if (checksumComesFirst) {
            peer.send(turns.get(3).bytes());
        }
        List<String> recordedListing = checksumComesFirst
                ? List.of(latin1(turns.get(4)).split("\n"))
                : Arrays.asList(lines).subList(4, lines.length);
        List<String> expected =
                recordedListing.stream().filter(line -> !line.isEmpty()).toList();
        assertThat(Stream.generate(peer::readLine).takeWhile(line -> !line.isEmpty()))
                .containsExactlyInAnyOrderElementsOf(expected);
        for (Turn turn : turns.subList(checksumComesFirst ? 5 : 3, turns.size())) {
            if (turn.side() == Side.SERVER) {
                peer.send(turn.bytes());
            } else {
                peer.expect(turn.bytes());
            }
        }
        peer.expectClose();
    }

    private static void logIn(ScriptedPeer peer) throws Exception {
        UserName user = UserName.of(USER);
        SecureRandom random = new SecureRandom();
        SrpVerifier verifier = SrpVerifier.create(user, PASSWORD.toCharArray(), random);
        String[] opening = peer.readLine().split("[: ]", -1);
        assertThat(opening).startsWith("PYSKSYNC", "SRP", "START", Hex.encode(user.utf8()));
        SrpServerHandshake handshake = new SrpServerHandshake(user, verifier, Hex.decode("A", opening[4], 256), random);
        peer.send(handshake.challenge().saltHex() + " " + handshake.challenge().publicKeyHex() + "\n");
        byte[] confirmation =
                handshake.verify(Hex.decode("M", peer.readLine(), 20)).orElseThrow();
        peer.send(Hex.encode(confirmation) + "\n");
    }

    private static int changed(Map<String, TreeFile> before, Map<String, TreeFile> after) {
        Map<String, TreeFile> changed = new TreeMap<>(after);
        changed.entrySet().removeAll(before.entrySet());
        return changed.size();
    }

    private static String latin1(Turn turn) {
        return new String(turn.bytes(), ISO_8859_1);
    }
}
