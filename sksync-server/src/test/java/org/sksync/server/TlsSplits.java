package org.sksync.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import javax.net.ssl.SSLSocketFactory;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.server.TranscriptReplayIT.Replay;
import org.sksync.testkit.Cuts;
import org.sksync.testkit.ScriptedPeer;
import org.sksync.testkit.TestCertificates;
import org.sksync.testkit.TestCertificates.Issued;
import org.sksync.testkit.Transcript;
import org.sksync.testkit.Transcripts;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;
import org.sksync.testkit.Trees;
import org.sksync.transport.tls.TlsContexts;
import org.sksync.transport.tls.TlsIdentity;

/**
 * Recorded clients speak to one daemon inside TLS, each message in two records that are cut at one place. A record of
 * its own reaches the decoder of its own, however TCP carries it. What comes of it must be what was recorded.
 */
final class TlsSplits implements AutoCloseable {
    private final Path base;
    private final SSLSocketFactory tls;
    private final SkSyncServer server;

    TlsSplits(Path base) throws Exception {
        this.base = base;
        Issued issued = TestCertificates.certificate().selfSigned();
        this.tls = issued.sockets();
        this.server = TestServer.of(base)
                .tls(TlsContexts.forServer(
                        TlsIdentity.of(issued.key(), List.of(issued.certificate())), Optional.empty()))
                .start();
    }

    /** A recorded session and the place of the cut. */
    record Split(Transcript transcript, int at) {}

    /** Returns every place that a message of a recorded client can be cut at, with the longer paths of a test. */
    static List<Split> all() {
        List<Split> all = new ArrayList<>();
        for (Transcript transcript : Transcripts.all()) {
            int longest = transcript.exchange().stream()
                    .mapToInt(turn -> turn.bytes().length)
                    .max()
                    .orElseThrow();
            IntStream.range(1, longest + 100).forEach(at -> all.add(new Split(transcript, at)));
        }
        return all;
    }

    /**
     * Plays one session.
     *
     * @throws AssertionError if it went otherwise than it was recorded
     */
    void play(Split split) throws Exception {
        Transcript transcript = split.transcript();
        Path root = Files.createTempDirectory(base, "root");
        TreeFixture.write(root, transcript.serverBefore());
        ProtocolLevel level = ProtocolLevel.fromGreeting(transcript.protocol()).orElseThrow();
        NavigableMap<String, TreeFile> clientTree = new TreeMap<>(transcript.clientBefore());
        try (ScriptedPeer peer =
                ScriptedPeer.client(server.address().getPort(), tls).with(Cuts.at(split.at()))) {
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

    @Override
    public void close() {
        server.close();
    }
}
