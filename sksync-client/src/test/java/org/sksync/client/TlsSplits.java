package org.sksync.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.SslContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.net.ssl.SSLSocketFactory;
import org.sksync.client.report.SyncListener;
import org.sksync.client.report.SyncReport;
import org.sksync.testkit.Cuts;
import org.sksync.testkit.ScriptedPeer;
import org.sksync.testkit.TestCertificates;
import org.sksync.testkit.TestCertificates.Issued;
import org.sksync.testkit.Transcript;
import org.sksync.testkit.Transcripts;
import org.sksync.testkit.TreeFixture;
import org.sksync.testkit.Trees;
import org.sksync.transport.tls.PeerTrust;
import org.sksync.transport.tls.TlsContexts;

/**
 * Recorded servers speak to our client inside TLS, each message in two records that are cut at one place. A record of
 * its own reaches the decoder of its own, however TCP carries it. What comes of it must be what was recorded.
 */
final class TlsSplits implements AutoCloseable {
    private final Path base;
    private final SSLSocketFactory serverTls;
    private final SslContext clientTls;
    private final SkSyncClient client = new SkSyncClient();

    TlsSplits(Path base) throws Exception {
        this.base = base;
        Issued issued = TestCertificates.certificate().selfSigned();
        this.serverTls = issued.sockets();
        this.clientTls = TlsContexts.forClient(
                PeerTrust.ofCertificates(List.of(issued.certificate()), "the test", Clock.systemUTC()),
                Optional.empty());
    }

    /** A recorded session and the place of the cut. */
    record Split(Transcript transcript, int at) {}

    /** Returns every place that a message of a recorded server can be cut at. */
    static List<Split> all() {
        List<Split> all = new ArrayList<>();
        for (Transcript transcript : Transcripts.all()) {
            int longest = transcript.exchange().stream()
                    .mapToInt(turn -> turn.bytes().length)
                    .max()
                    .orElseThrow();
            IntStream.range(1, longest).forEach(at -> all.add(new Split(transcript, at)));
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
        TreeFixture.write(root, transcript.clientBefore());
        try (ScriptedPeer server = ScriptedPeer.server(serverTls).with(Cuts.at(split.at()))) {
            server.play(peer -> TranscriptReplayIT.replay(peer, transcript, root));
            SyncReport report = client.sync(
                    TranscriptReplayIT.profile(transcript, server.port(), root)
                            .tls(Optional.of(clientTls))
                            .profile(),
                    SyncListener.NONE);
            server.verify();
            assertThat(report.skipped()).isEmpty();
        }
        Trees.assertEqual(transcript.clientAfter(), TreeFixture.read(root));
        assertThat(TreeFixture.others(root)).doesNotContain(".sksync");
    }

    @Override
    public void close() {
        client.close();
    }
}
