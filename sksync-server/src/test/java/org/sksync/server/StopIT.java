package org.sksync.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.testkit.Fault;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;

/** How a daemon ends, and what stays on its disk. */
@ExtendWith(NoLeaks.class)
final class StopIT {
    private static final TreeFile OLD = TreeFile.text("old", 1_300_000_000);
    private static final TreeFile NEW =
            TreeFile.of("new content ".repeat(10_000).getBytes(US_ASCII), 1_400_000_000);

    @TempDir
    private Path temp;

    private Path root;

    @BeforeEach
    void makeTree() throws IOException {
        root = temp.toRealPath();
        TreeFixture.write(root, Map.of("f", OLD));
    }

    @Test
    void letsARunningSessionFinishAndEndsTheOthersAtOnce() throws Exception {
        SkSyncServer server = TestServer.of(root).start();
        try (WireClient running = WireClient.begin(server, ProtocolLevel.PYSKSYNC_2, "1", root);
                WireClient idle = WireClient.connect(server, ProtocolLevel.PYSKSYNC_2);
                WireClient greeted =
                        WireClient.connect(server, ProtocolLevel.PYSKSYNC_2).greet()) {
            byte[] reply = running.reply(NEW.content());
            running.list(Map.of("f", NEW)).peer().expectLine("f").send(Arrays.copyOf(reply, reply.length / 2));

            CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);

            idle.peer().expectClose();
            greeted.peer().expectClose();
            await().until(() -> !accepts(server));
            assertThat(closing).isNotDone();
            running.peer()
                    .send(Arrays.copyOfRange(reply, reply.length / 2, reply.length))
                    .expect("\n\n")
                    .expectEndOfStream();
            closing.get(5, TimeUnit.SECONDS);
        }

        assertThat(TreeFixture.read(root)).isEqualTo(Map.of("f", NEW));
        assertThat(TreeFixture.others(root)).isEmpty();
    }

    @Test
    void clientThatReadsSlowlyHasAllOfItWhenTheDaemonHasStopped() throws Exception {
        byte[] content = "some of a larger file\n".repeat(700_000).getBytes(US_ASCII);
        Files.write(root.resolve("f"), content);
        SkSyncServer server = TestServer.of(root).start();
        try (Socket slow = new Socket()) {
            slow.setReceiveBufferSize(4096);
            slow.setSoTimeout(10_000);
            slow.connect(server.address());
            slow.getOutputStream().write(("sksync 1\n2\n0\n" + root + "\n/x\n\n").getBytes(US_ASCII));
            String head = new String(slow.getInputStream().readNBytes(24), US_ASCII);
            assertThat(head).isEqualTo("Protocol Established\n\nf\n");

            CompletableFuture<Void> closing = CompletableFuture.runAsync(server::close);
            await().until(() -> !accepts(server));
            String rest = new String(slow.getInputStream().readAllBytes(), US_ASCII);

            assertThat(rest.length()).isEqualTo("1400000000000\n14700000\n".length() + content.length + 1);
            closing.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void endsASessionThatDoesNotFinishAndLeavesTheOldFile() throws Exception {
        SkSyncServer server = TestServer.of(root).start();
        try (WireClient stalled = WireClient.begin(server, ProtocolLevel.PYSKSYNC_2, "1", root)) {
            stalled.list(Map.of("f", NEW)).peer().expectLine("f").send("120000\nhalf of it");
            await().until(() -> Files.exists(root.resolve(".sksync")));

            server.close();

            stalled.peer().expectClose();
        }

        assertThat(TreeFixture.read(root)).isEqualTo(Map.of("f", OLD));
        assertThat(TreeFixture.others(root)).isEmpty();
    }

    @Test
    void noThreadDiesWhereASessionIsRefusedWhileItsDirectoryIsOpened() throws Exception {
        List<Throwable> deaths = new CopyOnWriteArrayList<>();
        Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
        Thread.setDefaultUncaughtExceptionHandler((thread, death) -> deaths.add(death));
        try {
            for (int i = 0; i < 50; i++) {
                try (SkSyncServer server = TestServer.of(root).start();
                        WireClient client = WireClient.connect(server, ProtocolLevel.SKSYNC_1)) {
                    client.peer().send("sksync 1\n0\n0\n" + root + "\n/x\nno listing\n");
                    client.peer().expectLine("Protocol Established").expectClose();
                }
            }
        } finally {
            Thread.setDefaultUncaughtExceptionHandler(before);
        }

        assertThat(deaths).isEmpty();
    }

    @Test
    void leavesNoTempFileOfASessionThatIsCutInTheMiddleOfAFile() throws Exception {
        try (SkSyncServer server = TestServer.of(root).start()) {
            for (Fault cut : List.of(Fault.CLOSE, Fault.RESET, Fault.HALF_CLOSE)) {
                try (WireClient client = WireClient.begin(server, ProtocolLevel.PYSKSYNC_2, "1", root)) {
                    client.list(Map.of("f", NEW)).peer().expectLine("f").send("120000\nhalf of it");
                    await().until(() -> Files.exists(root.resolve(".sksync")));

                    client.peer().send("", cut);

                    await().untilAsserted(
                                    () -> assertThat(TreeFixture.others(root)).isEmpty());
                }
            }
            assertThat(TreeFixture.read(root)).isEqualTo(Map.of("f", OLD));
        }
    }

    @Test
    void aSessionThatIsCutDoesNotDisturbAnotherOnTheSameTree() throws Exception {
        try (SkSyncServer server = TestServer.of(root).start();
                WireClient other = WireClient.begin(server, ProtocolLevel.PYSKSYNC_2, "1", root)) {
            byte[] reply = other.reply(NEW.content());
            other.list(Map.of("f", NEW)).peer().expectLine("f").send(Arrays.copyOf(reply, reply.length / 2));
            try (WireClient cut = WireClient.begin(server, ProtocolLevel.PYSKSYNC_2, "1", root)) {
                cut.list(Map.of("g", NEW)).peer().expectLine("g").send("120000\nhalf of it");
                await().until(() -> temps() == 2);
            }
            await().until(() -> temps() == 1);

            other.peer()
                    .send(Arrays.copyOfRange(reply, reply.length / 2, reply.length))
                    .expect("\n\n")
                    .expectEndOfStream();

            assertThat(TreeFixture.read(root)).isEqualTo(Map.of("f", NEW));
            assertThat(TreeFixture.others(root)).isEmpty();
        }
    }

    @Test
    void leavesForeignFilesInTheStagingDirectoryAlone() throws Exception {
        Path foreign = Files.createDirectory(root.resolve(".sksync")).resolve("not ours");
        Files.writeString(foreign, "keep me");
        try (SkSyncServer server = TestServer.of(root).start();
                WireClient client = WireClient.begin(server, ProtocolLevel.PYSKSYNC_2, "0", root)) {
            client.list(Map.of("f", NEW)).answerFrom(Map.of("f", NEW));

            assertThat(client.takeOffers()).isEmpty();
        }

        assertThat(foreign).hasContent("keep me");
        assertThat(root.resolve("f")).hasBinaryContent(NEW.content());
    }

    private int temps() throws IOException {
        return (int) TreeFixture.read(root).keySet().stream()
                .filter(name -> name.startsWith(".sksync/") && name.endsWith(".part"))
                .count();
    }

    private static boolean accepts(SkSyncServer server) {
        try (Socket probe =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            return probe.isConnected();
        } catch (IOException e) {
            return false;
        }
    }
}
