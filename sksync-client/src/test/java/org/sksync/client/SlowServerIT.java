package org.sksync.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sksync.client.config.Patience;
import org.sksync.client.report.SyncFailedException;
import org.sksync.client.report.SyncFailedException.Kind;
import org.sksync.client.report.SyncListener;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.SyncType;
import org.sksync.testkit.Fault;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.ScriptedPeer;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;
import org.sksync.transport.watch.Pace;

/** A client that meets a server which lets it wait. */
@ExtendWith(NoLeaks.class)
final class SlowServerIT {
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final TreeFile OWN = TreeFile.text("own content", 1_400_000_000);

    @TempDir
    private Path temp;

    private Path root;

    @BeforeEach
    void makeTree() throws IOException {
        root = temp.toRealPath();
        TreeFixture.write(root, Map.of("f", OWN));
    }

    @AfterEach
    void keepsItsFileAndNothingElse() throws IOException {
        assertThat(root.resolve("f")).hasBinaryContent(OWN.content());
        assertThat(root.resolve(".sksync")).doesNotExist();
    }

    /** Where a server stops to talk. */
    private enum Waiting {
        GREETING,
        CHECKSUM_CHOICE,
        FIRST_REQUEST,
        REQUEST_AFTER_A_FILE,
        OFFER,
        CONTENT,
        CHECKSUM;

        void talk(WireServer server) {
            if (this == GREETING) {
                server.peer().readLine();
            } else if (this == CHECKSUM_CHOICE) {
                server.establish();
            } else {
                server.takeListing();
            }
            if (this == REQUEST_AFTER_A_FILE) {
                server.ask("f");
            } else if (this == OFFER) {
                server.wantNoMore();
            } else if (this == CONTENT) {
                server.wantNoMore().peer().send("new\n1400000000000\n100000\nbegun");
            } else if (this == CHECKSUM) {
                server.wantNoMore().peer().send("new\n1400000000000\n5\nwhole");
            }
        }

        Patience patience() {
            return this == CONTENT
                    ? new Patience(LONG, LONG, new Pace(2000, SHORT))
                    : new Patience(SHORT, SHORT, new Pace(1, LONG));
        }

        String message() {
            return this == CONTENT
                    ? "the server sent a file at less than 2000 bytes"
                    : "did not send its next line within";
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesUpOnAServerThatIsSilent(Waiting where) throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        try (ScriptedPeer peer = ScriptedPeer.server()) {
            peer.play(server -> {
                where.talk(new WireServer(server, ProtocolLevel.PYSKSYNC_2));
                over.await();
            });

            assertGivesUp(where, peer);
            over.countDown();
            peer.verify();
        }
    }

    @ParameterizedTest
    @EnumSource
    void givesUpOnAServerThatDrips(Waiting where) throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.server()) {
            peer.play(server -> {
                where.talk(new WireServer(server, ProtocolLevel.PYSKSYNC_2));
                server.send("x".repeat(1500), Fault.SLOW);
            });

            assertGivesUp(where, peer);
            assertThatExceptionOfType(AssertionError.class).isThrownBy(peer::verify);
        }
    }

    @Test
    void givesUpOnAServerThatReadsNothing() throws Exception {
        try (RandomAccessFile large = new RandomAccessFile(root.resolve("large").toFile(), "rw")) {
            large.setLength(64 * 1024 * 1024);
        }
        CountDownLatch over = new CountDownLatch(1);
        try (ScriptedPeer peer = ScriptedPeer.server()) {
            peer.play(server -> {
                new WireServer(server, ProtocolLevel.PYSKSYNC_2).takeListing();
                server.send("large\n");
                over.await();
            });

            assertThatExceptionOfType(SyncFailedException.class)
                    .isThrownBy(() -> sync(new Patience(LONG, LONG, new Pace(100_000, SHORT)), peer))
                    .satisfies(failed -> assertThat(failed.kind()).isEqualTo(Kind.NETWORK))
                    .withMessageContaining("the server read ");
            over.countDown();
            peer.verify();
        }
    }

    @Test
    void waitsForAServerThatScansForLongerThanTheWindowOfThePace() throws Exception {
        try (ScriptedPeer peer = ScriptedPeer.server();
                ScriptedPeer silent = ScriptedPeer.server()) {
            CountDownLatch over = new CountDownLatch(1);
            silent.play(server -> {
                new WireServer(server, ProtocolLevel.PYSKSYNC_2).takeListing();
                over.await();
            });
            peer.play(server -> {
                WireServer scanning = new WireServer(server, ProtocolLevel.PYSKSYNC_2);
                scanning.takeListing();
                assertThatExceptionOfType(SyncFailedException.class)
                        .isThrownBy(() -> sync(
                                new Patience(SHORT.multipliedBy(3), SHORT.multipliedBy(3), new Pace(1, LONG)), silent));
                over.countDown();
                scanning.wantNoMore().peer().send("\n");
            });

            sync(new Patience(LONG, LONG, new Pace(2000, SHORT)), peer);

            peer.verify();
            silent.verify();
        }
    }

    private void assertGivesUp(Waiting where, ScriptedPeer peer) {
        assertThatExceptionOfType(SyncFailedException.class)
                .isThrownBy(() -> sync(where.patience(), peer))
                .satisfies(failed -> assertThat(failed.kind()).isEqualTo(Kind.NETWORK))
                .withMessageContaining(where.message());
    }

    private void sync(Patience patience, ScriptedPeer peer) throws Exception {
        try (SkSyncClient client = new SkSyncClient(patience, Long.MAX_VALUE)) {
            client.sync(
                    Profiles.of(peer.port(), root, "/srv/data")
                            .level(ProtocolLevel.PYSKSYNC_2)
                            .type(SyncType.BIDIRECTIONAL_USE_TIME)
                            .profile(),
                    SyncListener.NONE);
        }
    }
}
