package org.sksync.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;

/** The words before the first file: how long they may be, how early they may come, and what becomes of the paths. */
@ExtendWith(NoLeaks.class)
final class RequestWordsIT {
    private static final Map<String, TreeFile> TREE = Map.of("f", TreeFile.text("served", 1_300_000_000));
    private static final String LOGIN = "PYSKSYNC SRP START:7465737475736572 ";

    @TempDir
    private Path temp;

    private Path root;
    private SkSyncServer server;

    @BeforeEach
    void start() throws Exception {
        root = Files.createDirectory(temp.toRealPath().resolve("caf\u00e9"));
        TreeFixture.write(root, TREE);
        server = TestServer.of(root).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void assertServed(WireClient client) {
        client.list(Map.of()).peer().expectLine("");
        assertThat(client.takeOffers()).isEqualTo(TREE);
        client.peer().expectEndOfStream();
    }

    // The client's own path.

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/etc/passwd", "../../x", "C:\\x", "\\\\host\\share", "\u001b[2J\r", "a\u0000b"})
    void theClientsPathIsAWordLikeAnyOther(String clientPath) {
        for (ProtocolLevel level : ProtocolLevel.values()) {
            try (WireClient client = WireClient.connect(server, level).greet()) {
                client.peer().send(client.wire("2\n0\n" + root + "\n" + clientPath + "\n"));
                if (level == ProtocolLevel.PYSKSYNC_2) {
                    client.peer().expectLine("md5");
                }
                assertServed(client);
            }
        }
    }

    /** Whoever opened a pipe that nobody writes to would wait for ever. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void theClientsPathIsNotOpened() throws Exception {
        Path pipe = temp.toRealPath().resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();

        try (WireClient client =
                WireClient.connect(server, ProtocolLevel.PYSKSYNC_2).greet()) {
            client.peer()
                    .send(client.wire("2\n0\n" + root + "\n" + pipe + "\n"))
                    .expectLine("md5");
            assertServed(client);
        }
    }

    // The server's path.

    @ParameterizedTest
    @ValueSource(strings = {"CAF\u00c9", "cafe\u0301", "caf\u00e9.", "caf\u00e9 ", "caf\u00e92", "caf"})
    @EnabledOnOs(OS.LINUX)
    void anotherSpellingIsAnotherDirectoryWhereTheDiskTellsThemApart(String spelling) throws IOException {
        Files.createDirectory(root.resolveSibling(spelling));

        try (WireClient client =
                WireClient.connect(server, ProtocolLevel.PYSKSYNC_2).greet()) {
            client.sendRequest("2", "0", root.resolveSibling(spelling).toString());

            client.peer().expectEndOfStream();
        }
    }

    @Test
    void twoClientsThatReachAFileThroughDifferentDirectoriesLeaveOneOfTheirsWhole() throws Exception {
        TreeFile one = TreeFile.text("1".repeat(100_000), 1_400_000_000);
        TreeFile two = TreeFile.text("22".repeat(70_000), 1_400_000_001);
        Path below = Files.createDirectory(root.resolve("below"));

        try (WireClient first = WireClient.begin(server, ProtocolLevel.PYSKSYNC_2, "1", root);
                WireClient second = WireClient.begin(server, ProtocolLevel.PYSKSYNC_2, "1", below)) {
            first.list(Map.of("below/x", one)).peer().expectLine("below/x");
            second.list(Map.of("x", two)).peer().expectLine("x");
            byte[] ofFirst = first.reply(one.content());
            byte[] ofSecond = second.reply(two.content());
            int half = 50_000;
            first.peer().send(Arrays.copyOf(ofFirst, half));
            second.peer().send(Arrays.copyOf(ofSecond, half));
            first.peer().send(Arrays.copyOfRange(ofFirst, half, ofFirst.length));
            second.peer().send(Arrays.copyOfRange(ofSecond, half, ofSecond.length));
            first.peer().expect("\n\n").expectEndOfStream();
            second.peer().expect("\n\n").expectEndOfStream();
        }

        assertThat(TreeFixture.read(below).get("x")).isIn(one, two);
        assertThat(root.resolve(".sksync")).doesNotExist();
        assertThat(below.resolve(".sksync")).doesNotExist();
    }

    // The length of a line.

    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of("first line", "", 2048),
                Arguments.of("sync type", "pysksync 2\n", 2048),
                Arguments.of("recursion", "pysksync 2\n0\n", 2048),
                Arguments.of("server path", "pysksync 2\n0\n0\n", 8192),
                Arguments.of("client path", "pysksync 2\n0\n0\nROOT\n", 8192),
                Arguments.of("listed file", "pysksync 2\n0\n0\nROOT\n/x\n", 8192));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lines")
    void aLineWithoutEndIsNotWaitedFor(String field, String before, int maxBytes) {
        try (WireClient client = WireClient.connect(server, ProtocolLevel.PYSKSYNC_2)) {
            client.peer().send(client.wire(before.replace("ROOT", root.toString())));
            client.peer().send("1".repeat(maxBytes + 1));

            if (!before.isEmpty()) {
                client.peer().expectLine("Protocol Established");
            }
            if (field.equals("listed file")) {
                client.peer().expectLine("md5");
            }
            client.peer().expectEndOfStream();
        }
    }

    @Test
    void theLongestLinesAreRead() {
        try (WireClient client =
                WireClient.connect(server, ProtocolLevel.PYSKSYNC_2).greet()) {
            client.peer().send(client.wire("2\n0\n" + root + "\n" + "x".repeat(8192) + "\n"));
            client.peer().expectLine("md5").send("1400000000000 " + "x".repeat(8192 - 14) + "\n");

            assertServed(client);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {514, 1024, 1536})
    void aPublicKeyThatIsTooLongIsALoginThatFailed(int hexDigits) {
        try (WireClient client = WireClient.connect(server, ProtocolLevel.PYSKSYNC_2)) {
            client.peer()
                    .send(LOGIN + "2".repeat(hexDigits) + "\n")
                    .expectLine("")
                    .expectEndOfStream();
        }
    }

    // Words that come before they are due.

    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void aRequestMayComeWithTheProofOfALogin(ProtocolLevel level) throws Exception {
        try (SkSyncServer demanding = TestServer.of(root).requireLogin().start();
                WireClient client = WireClient.connect(demanding, level)) {
            client.challenged(TestServer.USER, TestServer.PASSWORD);
            client.peer().send(client.wire(level.greeting() + "\n2\n0\n" + root + "\n/x\n\n"));

            assertThat(client.peer().readLine()).matches("[0-9a-f]{40}");
            client.peer().expectLine("Protocol Established");
            if (level == ProtocolLevel.PYSKSYNC_2) {
                client.peer().expectLine("md5");
            }
            client.peer().expectLine("");
            assertThat(client.takeOffers()).isEqualTo(TREE);
            client.peer().expectEndOfStream();
        }
    }

    @Test
    void aRequestThatComesWithAWrongProofIsNotAnswered() throws Exception {
        try (SkSyncServer demanding = TestServer.of(root).requireLogin().start();
                WireClient client = WireClient.connect(demanding, ProtocolLevel.PYSKSYNC_2)) {
            client.challenged(TestServer.USER, "wrong");
            client.peer().send(client.wire("pysksync 2\n2\n0\n" + root + "\n/x\n\n"));

            client.peer().expectLine("").expectEndOfStream();
        }
    }
}
