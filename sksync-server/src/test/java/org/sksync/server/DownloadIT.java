package org.sksync.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.server.config.Timeouts;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.ScriptedPeer;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;
import org.sksync.transport.watch.Pace;

/** What the server gives while its files, or its client, do not hold still. */
@ExtendWith(NoLeaks.class)
final class DownloadIT {
    private static final TreeFile SMALL = TreeFile.text("small", 1_400_000_000);
    /** More than the sockets' own buffers take, so that the server still reads it while its head is looked at. */
    private static final int LARGE_BYTES = 64 * 1024 * 1024;
    /** Far less than the file, far more than what one session holds back. */
    private static final long BOUND_BYTES = 8 * 1024 * 1024;

    @TempDir
    private Path temp;

    private Path root;
    private SkSyncServer server;

    @BeforeEach
    void start() throws IOException {
        root = temp.toRealPath();
        server = TestServer.of(root).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void holdsLittleOfALargeFileWhileTheClientDoesNotRead(ProtocolLevel level) throws Exception {
        Path large = makeLarge("large");
        try (WireClient client = download(level)) {
            expectHead(client, "large");

            assertThat(usedDirectBytes()).isLessThan(BOUND_BYTES);
            client.peer().discard(LARGE_BYTES);

            assertThat(usedDirectBytes()).isLessThan(BOUND_BYTES);
            if (level == ProtocolLevel.PYSKSYNC_2) {
                client.peer().expectLine(WireClient.md5(Files.readAllBytes(large)));
            }
            client.peer().expectLine("").expectEndOfStream();
        }
    }

    @Test
    void breaksOffAFileThatGrowsWhileItIsSent() throws Exception {
        Path large = makeLarge("large");
        try (WireClient client = download(ProtocolLevel.SKSYNC_1)) {
            expectHead(client, "large");

            Files.write(large, new byte[] {1}, StandardOpenOption.APPEND);

            expectCutShort(client.peer());
        }
    }

    @Test
    void breaksOffAFileThatShrinksWhileItIsSent() throws Exception {
        Path large = makeLarge("large");
        try (WireClient client = download(ProtocolLevel.SKSYNC_1)) {
            expectHead(client, "large");

            truncate(large, LARGE_BYTES - 1);

            expectCutShort(client.peer());
        }
    }

    @Test
    void breaksOffAFileThatIsRewrittenInPlaceWhileItIsSent() throws Exception {
        Path large = makeLarge("large");
        try (WireClient client = download(ProtocolLevel.SKSYNC_1)) {
            expectHead(client, "large");

            Files.write(large, new byte[] {1}, StandardOpenOption.WRITE);

            expectCutShort(client.peer());
        }
    }

    @Test
    void leavesOutAFileThatVanishedOrBecameSomethingElseAfterTheListing() throws Exception {
        makeLarge("a-large");
        TreeFixture.write(root, Map.of("gone", SMALL, "link", SMALL, "now-a-directory", SMALL, "z", SMALL));
        try (WireClient client = download(ProtocolLevel.PYSKSYNC_1)) {
            expectHead(client, "a-large");
            Files.delete(root.resolve("gone"));
            Files.delete(root.resolve("link"));
            Files.createSymbolicLink(root.resolve("link"), root.resolve("z"));
            Files.delete(root.resolve("now-a-directory"));
            Files.createDirectory(root.resolve("now-a-directory"));

            client.peer().discard(LARGE_BYTES);

            assertThat(client.takeOffers()).isEqualTo(Map.of("z", SMALL));
            client.peer().expectEndOfStream();
        }
    }

    @Test
    void sendsTheNewContentUnderItsNewTimeWhereAFileWasReplacedAfterTheListing() throws Exception {
        makeLarge("a-large");
        TreeFixture.write(root, Map.of("z", SMALL));
        TreeFile replaced = TreeFile.text("replaced", 1_500_000_000);
        try (WireClient client = download(ProtocolLevel.PYSKSYNC_1)) {
            expectHead(client, "a-large");
            TreeFixture.write(root, Map.of("z", replaced));

            client.peer().discard(LARGE_BYTES);

            assertThat(client.takeOffers()).isEqualTo(Map.of("z", replaced));
        }
    }

    @Test
    void cutsTimesToWholeSeconds() throws Exception {
        TreeFixture.write(root, Map.of("f", SMALL));
        Files.setLastModifiedTime(root.resolve("f"), FileTime.fromMillis(1_400_000_000_999L));

        try (WireClient client = WireClient.begin(server, ProtocolLevel.PYSKSYNC_2, "0", root)) {
            client.list(Map.of("f", SMALL));
            assertThat(client.answer(name -> new byte[0])).isEmpty();
            assertThat(client.takeOffers()).isEmpty();
        }
        try (WireClient client = download(ProtocolLevel.PYSKSYNC_2)) {
            assertThat(client.takeOffers()).isEqualTo(Map.of("f", SMALL));
        }
    }

    @Test
    void endsASessionWhoseClientDoesNotRead() throws Exception {
        server.close();
        Duration shortTime = Duration.ofMillis(300);
        Duration longTime = Duration.ofMinutes(10);
        server = TestServer.of(root)
                .timeouts(new Timeouts(
                        longTime, shortTime, longTime, longTime, longTime, new Pace(1024, shortTime), longTime))
                .start();
        makeLarge("large");
        try (WireClient stalled = download(ProtocolLevel.SKSYNC_1)) {
            expectHead(stalled, "large");
            for (int i = 0; i < 3; i++) {
                try (ScriptedPeer silent = ScriptedPeer.client(server.address().getPort())) {
                    // Each of them waits as long as the stalled one may, one after the other.
                    silent.expectClose();
                }
            }

            expectCutShort(stalled.peer());
        }
    }

    private WireClient download(ProtocolLevel level) {
        WireClient client = WireClient.begin(server, level, "2", root).list(Map.of());
        client.peer().within(Duration.ofSeconds(30)).expectLine("");
        return client;
    }

    private static void expectHead(WireClient client, String name) {
        assertThat(client.readName()).isEqualTo(name);
        client.peer().expectLine("1400000000000").expectLine(String.valueOf(LARGE_BYTES));
    }

    private static void expectCutShort(ScriptedPeer peer) {
        assertThatThrownBy(() -> peer.discard(LARGE_BYTES))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("(?s)discard.*(closed with|Connection reset).*");
    }

    private Path makeLarge(String name) throws IOException {
        Path file = root.resolve(name);
        truncate(file, LARGE_BYTES);
        Files.writeString(file, name, StandardCharsets.UTF_8, StandardOpenOption.WRITE);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_400_000_000_000L));
        return file;
    }

    private static void truncate(Path file, long bytes) throws IOException {
        try (RandomAccessFile opened = new RandomAccessFile(file.toFile(), "rw")) {
            opened.setLength(bytes);
        }
    }

    private static long usedDirectBytes() {
        return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT)
                .metric()
                .usedDirectMemory();
    }
}
