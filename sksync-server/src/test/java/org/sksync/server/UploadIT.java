package org.sksync.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.server.config.DaemonLimits;
import org.sksync.server.config.SessionLimits;
import org.sksync.testkit.Fault;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;

/** What clients list and send, right and wrong. The server's tree holds {@code f}, older than what clients offer. */
@ExtendWith(NoLeaks.class)
final class UploadIT {
    private static final TreeFile OLD = TreeFile.text("old content", 1_300_000_000);
    private static final byte[] NEW = "new content, longer".getBytes(US_ASCII);
    private static final String LISTED = "1400000000000 f\n\n";
    private static final ProtocolLevel WITH_MD5 = ProtocolLevel.PYSKSYNC_2;
    private static final ProtocolLevel WITHOUT_MD5 = ProtocolLevel.SKSYNC_1;

    @TempDir
    private Path temp;

    private Path root;
    private final List<SkSyncServer> servers = new ArrayList<>();

    @BeforeEach
    void makeTree() throws IOException {
        root = Files.createDirectory(temp.toRealPath().resolve("root"));
        TreeFixture.write(root, Map.of("f", OLD));
    }

    @AfterEach
    void stop() {
        servers.forEach(SkSyncServer::close);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 64 * 1024 * 1024})
    void closesOnALengthForWhichTheDiskHasNoRoom(long free) throws Exception {
        SkSyncServer server = start(TestServer.of(root).freeDiskBytes(free));
        try (WireClient client = WireClient.begin(server, WITHOUT_MD5, "1", root)) {
            client.peer()
                    .send(LISTED)
                    .expectLine("f")
                    .send("4611686018427387904\nx")
                    .expectClose();
        }

        assertUnchanged();
    }

    @Test
    void closesOnAFileThatWouldTakeOfWhatStaysFree() throws Exception {
        SkSyncServer server = start(TestServer.of(root).freeDiskBytes(Long.MAX_VALUE / 2));
        try (WireClient client = WireClient.begin(server, WITHOUT_MD5, "1", root)) {
            client.peer().send(LISTED).expectLine("f").send("1\nx").expectClose();
        }

        assertUnchanged();
    }

    @Test
    void closesWhereTheListingOfItsOwnTreeTakesMoreMemoryThanThereIs() throws Exception {
        Path small = Files.createDirectory(root.resolve("small"));
        Path large = Files.createDirectory(root.resolve("large"));
        for (int i = 0; i < 100; i++) {
            Files.createFile(large.resolve("file" + i));
        }
        SkSyncServer server = start(TestServer.of(root).daemon(new DaemonLimits(100, 100, 100, 5_000, 5)));
        for (int i = 0; i < 20; i++) {
            try (WireClient client = WireClient.begin(server, WITH_MD5, "1", large)) {
                client.peer().expectClose();
            }
            // What the other one had taken is there again.
            try (WireClient client = WireClient.begin(server, WITH_MD5, "1", small)) {
                client.list(Map.of()).peer().expect("\n\n").expectEndOfStream();
            }
        }
    }

    // The listing.

    static Stream<String> listingsThatAreNone() {
        return Stream.of(
                "1400000000000\n",
                "f\n",
                " f\n",
                "1400000000000 \n",
                "+5 f\n",
                "0x5 f\n",
                "1.5 f\n",
                "1_0 f\n",
                "- f\n",
                "99999999999999999999 f\n",
                "9223372036854775808 f\n",
                "1400000000000\tf\n",
                "1400000000000 ../f\n",
                "1400000000000 ..\n",
                "1400000000000 .\n",
                "1400000000000 a/../f\n",
                "1400000000000 a/./f\n",
                "1400000000000 ./f\n",
                "1400000000000 a//f\n",
                "1400000000000 a/\n",
                "1400000000000 /etc/x\n",
                "1400000000000 //x\n",
                "1400000000000 C:\\x\n",
                "1400000000000 C:x\n",
                "1400000000000 \\\\host\\x\n",
                "1400000000000 a\u0000b\n",
                "1400000000000 \u00ff\u00fe\n",
                "1400000000000 \u00c0\u00af\n",
                "1400000000000 \u00ed\u00a0\u0080\n",
                "1400000000000 g\n1400000000000 g\n",
                "1400000000000 g\n1300000000000 g\n",
                "1400000000000 " + "x".repeat(9000) + "\n");
    }

    @ParameterizedTest
    @MethodSource("listingsThatAreNone")
    void closesOnAListingThatIsNone(String lines) throws Exception {
        SkSyncServer server = start(TestServer.of(root));

        try (WireClient client = WireClient.begin(server, WITH_MD5, "0", root)) {
            client.peer().send("1400000000000 good\n" + lines).expectEndOfStream();
        }

        assertUnchanged();
    }

    /** pysksync lists what a killed process has left behind; one such file must not keep the others from being synced. */
    @Test
    void neverAsksForWhatLiesInAStagingDirectory() throws Exception {
        SkSyncServer server = start(TestServer.of(root));

        try (WireClient client = WireClient.begin(server, WITH_MD5, "0", root)) {
            for (String name : List.of(".sksync/x", ".sksync", ".SkSync/x", "a/.sksync/x")) {
                client.peer().send("1400000000000 " + name + "\n");
            }
            client.peer().send("\n").expectLine("");
        }

        assertUnchanged();
    }

    @Test
    void closesOnBytesThatTheOldLevelsEncodingDoesNotKnow() throws Exception {
        SkSyncServer server = start(TestServer.of(root));

        for (String undefined : List.of("\u0081", "\u008d", "\u008f", "\u0090", "\u009d")) {
            try (WireClient client = WireClient.begin(server, WITHOUT_MD5, "0", root)) {
                client.peer().send("1400000000000 " + undefined + "\n").expectEndOfStream();
            }
        }

        assertUnchanged();
    }

    @Test
    void takesNamesThatOnlyLookOdd() throws Exception {
        SkSyncServer server = start(TestServer.of(root));
        SortedMap<String, TreeFile> odd = new TreeMap<>();
        for (String name :
                List.of("...", "..a", "a..", " ", " f ", "ab:c", "-rf", ".sksyncx", "x.sksync/y", "~", "*")) {
            odd.put(name, TreeFile.text(name, 1_400_000_000));
        }
        odd.put("zero", TreeFile.text("", 0));
        odd.put("before 1970", TreeFile.text("x", -86_400));

        upload(server, WITH_MD5, odd);

        odd.put("f", OLD);
        assertThat(TreeFixture.read(root)).isEqualTo(odd);
    }

    @Test
    void skipsNamesThatWouldTroubleOtherPeersAndGoesOn() throws Exception {
        SkSyncServer server = start(TestServer.of(root));
        SortedMap<String, TreeFile> listed = new TreeMap<>();
        listed.put("good", TreeFile.text("good", 1_400_000_000));
        listed.put("back\\slash", TreeFile.text("x", 1_400_000_000));
        listed.put("bell\u0007", TreeFile.text("x", 1_400_000_000));
        listed.put("carriage\r", TreeFile.text("x", 1_400_000_000));
        listed.put("x".repeat(256), TreeFile.text("x", 1_400_000_000));
        listed.put("d/".repeat(64) + "x", TreeFile.text("x", 1_400_000_000));

        assertThat(upload(server, WITH_MD5, listed)).containsExactly("good");

        assertThat(TreeFixture.read(root)).containsOnlyKeys("f", "good");
    }

    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void closesOnANestedNameInASessionThatIsNotRecursive(ProtocolLevel level) throws Exception {
        SkSyncServer server = start(TestServer.of(root));

        try (WireClient client = WireClient.connect(server, level).greet().request("0", "1", root.toString())) {
            client.peer().send("1400000000000 sub/x\n").expectEndOfStream();
        }

        assertUnchanged();
    }

    @Test
    void closesOnAListingLongerThanTheLimit() throws Exception {
        SkSyncServer server = start(TestServer.of(root).maxListedFiles(3));

        try (WireClient client = WireClient.begin(server, WITH_MD5, "0", root)) {
            client.peer().send("1 a\n1 b\n1 c\n1 d\n").expectEndOfStream();
        }
        try (WireClient client = WireClient.begin(server, WITH_MD5, "1", root)) {
            client.peer().send("1 a\n1 b\n1 f\n\n").expectLine("a").expectLine("b");
        }

        assertUnchanged();
    }

    // The file.

    @Test
    void replacesAnOlderFile() throws Exception {
        SkSyncServer server = start(TestServer.of(root));

        upload(server, WITH_MD5, Map.of("f", TreeFile.of(NEW, 1_400_000_000)));

        assertThat(TreeFixture.read(root)).isEqualTo(Map.of("f", TreeFile.of(NEW, 1_400_000_000)));
        assertNothingLeft();
    }

    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void keepsTheOldFileWhenTheNewOneIsCutShort(ProtocolLevel level) throws Exception {
        SkSyncServer server = start(TestServer.of(root));
        byte[] whole = level == WITH_MD5
                ? (NEW.length + "\n" + new String(NEW, ISO_8859_1) + WireClient.md5(NEW)).getBytes(ISO_8859_1)
                : (NEW.length + "\n" + new String(NEW, 0, NEW.length - 1, ISO_8859_1)).getBytes(ISO_8859_1);

        for (Fault fault : List.of(Fault.CLOSE, Fault.RESET, Fault.HALF_CLOSE)) {
            for (int sent = 0; sent <= whole.length; sent += 3) {
                try (WireClient client = WireClient.begin(server, level, "1", root)) {
                    client.peer().send(LISTED).expectLine("f");
                    client.peer().send(Arrays.copyOf(whole, sent)).send("", fault);
                    if (fault == Fault.HALF_CLOSE) {
                        client.peer().expectClose();
                    }
                }
            }
        }

        await().untilAsserted(this::assertNothingLeft);
        assertUnchanged();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "+19", "0x13", "1e3", "19 ", " 19", "", "19\r", "9223372036854775808", "1048577"})
    void keepsTheOldFileWhenTheLengthIsNone(String length) throws Exception {
        SkSyncServer server = start(TestServer.of(root).maxFileBytes(1_048_576));

        try (WireClient client = WireClient.begin(server, WITH_MD5, "1", root)) {
            client.peer().send(LISTED).expectLine("f");
            client.peer().send(length + "\n").expectEndOfStream();
        }

        await().untilAsserted(this::assertNothingLeft);
        assertUnchanged();
    }

    static Stream<String> wrongChecksums() {
        String right = WireClient.md5(NEW);
        return Stream.of(
                "00000000000000000000000000000000\n",
                right.substring(1) + "\n",
                right + "0\n",
                right.toUpperCase(Locale.ROOT) + "\n",
                " " + right + "\n",
                "x" + right + "\n",
                "md5\n",
                "\n",
                "more bytes than were announced, and no end of the line at all".repeat(100));
    }

    @ParameterizedTest
    @MethodSource("wrongChecksums")
    void keepsTheOldFileWhenTheChecksumIsWrong(String checksum) throws Exception {
        SkSyncServer server = start(TestServer.of(root));

        try (WireClient client = WireClient.begin(server, WITH_MD5, "1", root)) {
            client.peer().send(LISTED).expectLine("f");
            client.peer()
                    .send(NEW.length + "\n" + new String(NEW, ISO_8859_1) + checksum)
                    .expectClose();
        }

        await().untilAsserted(this::assertNothingLeft);
        assertUnchanged();
    }

    @Test
    void keepsWhatCameBeforeAFileWithAWrongChecksum() throws Exception {
        SkSyncServer server = start(TestServer.of(root));

        try (WireClient client = WireClient.begin(server, WITH_MD5, "1", root)) {
            client.peer().send("1400000000000 a\n" + LISTED).expectLine("a").expectLine("f");
            client.peer()
                    .send(client.reply(NEW))
                    .send(NEW.length + "\n" + new String(NEW, ISO_8859_1) + "0".repeat(32) + "\n")
                    .expectEndOfStream();
        }

        await().untilAsserted(this::assertNothingLeft);
        assertThat(TreeFixture.read(root)).isEqualTo(Map.of("a", TreeFile.of(NEW, 1_400_000_000), "f", OLD));
    }

    @Test
    void asksForTheNextFilesWhenTheDiskIsDoneThoughTheClientSaysNothing() throws Exception {
        SkSyncServer server = start(TestServer.of(root));
        int ahead = SessionLimits.DEFAULT.requestsAhead();
        SortedMap<String, TreeFile> listed = new TreeMap<>();
        for (int i = 0; i < 3 * ahead; i++) {
            listed.put("n" + (100 + i), TreeFile.of(NEW, 1_400_000_000));
        }

        try (WireClient client = WireClient.begin(server, WITH_MD5, "1", root)) {
            client.list(listed);
            for (int round = 0; round < 3; round++) {
                for (int i = 0; i < ahead; i++) {
                    client.peer().expectLine("n" + (100 + round * ahead + i));
                }
                client.peer().send(new String(client.reply(NEW), ISO_8859_1).repeat(ahead));
            }
            client.peer().expectLine("").expectLine("").expectClose();
        }

        assertThat(TreeFixture.read(root)).containsAllEntriesOf(listed);
    }

    @Test
    void asksForNothingMoreAfterAWrongChecksum() throws Exception {
        SkSyncServer server = start(TestServer.of(root));
        int ahead = SessionLimits.DEFAULT.requestsAhead();
        SortedMap<String, TreeFile> listed = new TreeMap<>();
        for (int i = 0; i < 2 * ahead; i++) {
            listed.put("n" + (100 + i), TreeFile.of(NEW, 1_400_000_000));
        }

        try (WireClient client = WireClient.begin(server, WITH_MD5, "1", root)) {
            client.list(listed);
            for (int i = 0; i < ahead; i++) {
                client.peer().expectLine("n" + (100 + i));
            }
            String good = new String(client.reply(NEW), ISO_8859_1);
            String bad = good.replace(WireClient.md5(NEW), "0".repeat(32));
            client.peer().send(bad + good.repeat(ahead - 1)).expectEndOfStream();
        }

        await().untilAsserted(this::assertNothingLeft);
        assertThat(TreeFixture.read(root)).doesNotContainKey("n100").containsEntry("f", OLD);
    }

    @Test
    void takesTheAnnouncedBytesAndClosesOnMoreWhereThereIsNoChecksum() throws Exception {
        SkSyncServer server = start(TestServer.of(root));

        try (WireClient client = WireClient.begin(server, WITHOUT_MD5, "1", root)) {
            client.peer().send("1400000000000 a\n" + LISTED).expectLine("a");
            // The next file was due when the first three bytes were there.
            client.peer().send("3\nabcdef\n").expectLine("f").expectClose();
        }

        await().untilAsserted(this::assertNothingLeft);
        assertThat(root.resolve("f")).hasContent("old content");
        assertThat(TreeFixture.read(root).getOrDefault("a", TreeFile.text("abc", 1_400_000_000)))
                .isEqualTo(TreeFile.text("abc", 1_400_000_000));
    }

    @Test
    void closesOnAFileThatNobodyAskedFor() throws Exception {
        SkSyncServer server = start(TestServer.of(root));

        for (String type : List.of("0", "1", "2")) {
            try (WireClient client = WireClient.begin(server, WITH_MD5, type, root)) {
                client.list(Map.of("f", OLD)).peer().send(client.reply(NEW));

                assertThat(rest(client)).isNotEqualTo(LISTED);
            }
        }

        assertUnchanged();
    }

    @Test
    void asksForOneFileAtATimeOnTheOldLevel() throws Exception {
        SkSyncServer server = start(TestServer.of(root));

        try (WireClient client = WireClient.begin(server, WITHOUT_MD5, "1", root)) {
            client.peer().send("1 a\n1 b\n\n").expectLine("a");
            // Had it asked for b as well, that line would be here instead.
            client.peer().send(client.reply(NEW)).expectLine("b");
            client.peer().send("0\n").expect("\n\n").expectEndOfStream();
        }

        assertThat(TreeFixture.read(root)).containsOnlyKeys("a", "b", "f");
    }

    @Test
    void neitherListsNorAsksForNorTakesWhatIsExcluded() throws Exception {
        SkSyncServer server = start(TestServer.of(root).exclude("*.bak", "cache"));
        Map<String, TreeFile> hidden = Map.of("own.bak", OLD, "cache/x", OLD, "deep/own.bak", OLD);
        TreeFixture.write(root, hidden);
        SortedMap<String, TreeFile> listed = new TreeMap<>();
        for (String name :
                List.of("own.bak", "theirs.bak", "cache/x", "cache/y", "deep/cache/z", "theirs.bak/x", "kept")) {
            listed.put(name, TreeFile.of(NEW, 1_400_000_000));
        }

        try (WireClient client = WireClient.begin(server, WITH_MD5, "0", root)) {
            client.list(listed);
            assertThat(client.answerFrom(listed)).containsExactly("kept");
            assertThat(client.takeOffers()).containsOnlyKeys("f");
        }

        SortedMap<String, TreeFile> expected = new TreeMap<>(hidden);
        expected.put("f", OLD);
        expected.put("kept", TreeFile.of(NEW, 1_400_000_000));
        assertThat(TreeFixture.read(root)).isEqualTo(expected);
    }

    @Test
    void skipsAFileWhoseWayIsBarredAndGoesOn() throws Exception {
        SkSyncServer server = start(TestServer.of(root));
        Path outside = Files.createDirectory(temp.toRealPath().resolve("outside"));
        Files.createSymbolicLink(root.resolve("link"), outside);
        Files.createSymbolicLink(root.resolve("filelink"), outside.resolve("x"));
        Files.createDirectory(root.resolve("directory"));
        SortedMap<String, TreeFile> listed = new TreeMap<>();
        for (String name : List.of("a", "directory", "f/below", "filelink", "link/x", "z")) {
            listed.put(name, TreeFile.of(NEW, 1_400_000_000));
        }

        upload(server, WITH_MD5, listed);

        assertThat(TreeFixture.read(root)).containsOnlyKeys("a", "f", "z");
        assertThat(outside).isEmptyDirectory();
        assertThat(root.resolve("directory")).isDirectory();
        assertNothingLeft();
    }

    @Test
    void doesNotReplaceAFileThatChangedSinceItWasListed() throws Exception {
        SkSyncServer server = start(TestServer.of(root));
        TreeFile changed = TreeFile.text("changed meanwhile", 1_500_000_000);

        try (WireClient client = WireClient.begin(server, WITH_MD5, "1", root)) {
            client.peer().send(LISTED).expectLine("f");
            TreeFixture.write(root, Map.of("f", changed));
            client.peer().send(client.reply(NEW)).expect("\n\n").expectEndOfStream();
        }

        assertThat(TreeFixture.read(root)).isEqualTo(Map.of("f", changed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"f", "fresh"})
    void twoClientsThatSendTheSamePathLeaveOneOfTheFilesWhole(String name) throws Exception {
        SkSyncServer server = start(TestServer.of(root));
        TreeFile one = TreeFile.of("1".repeat(100_000).getBytes(US_ASCII), 1_400_000_000);
        TreeFile two = TreeFile.of("22".repeat(70_000).getBytes(US_ASCII), 1_400_000_001);

        try (WireClient first = WireClient.begin(server, WITH_MD5, "1", root);
                WireClient second = WireClient.begin(server, WITH_MD5, "1", root)) {
            first.list(Map.of(name, one)).peer().expectLine(name);
            second.list(Map.of(name, two)).peer().expectLine(name);
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

        assertThat(TreeFixture.read(root).get(name)).isIn(one, two);
        assertNothingLeft();
    }

    private List<String> upload(SkSyncServer server, ProtocolLevel level, Map<String, TreeFile> tree) {
        try (WireClient client = WireClient.begin(server, level, "1", root)) {
            List<String> requested = client.list(tree).answerFrom(tree);
            assertThat(client.takeOffers()).isEmpty();
            client.peer().expectEndOfStream();
            return requested;
        }
    }

    /** Reads to the end of the connection, however it comes. */
    private static String rest(WireClient client) {
        StringBuilder rest = new StringBuilder();
        try {
            while (true) {
                rest.append(new String(client.peer().readExactly(1), ISO_8859_1));
            }
        } catch (AssertionError e) {
            assertThat(e).hasMessageContaining("closed");
            return rest.toString();
        }
    }

    private void assertUnchanged() throws IOException {
        assertThat(TreeFixture.read(root)).isEqualTo(Map.of("f", OLD));
    }

    private void assertNothingLeft() {
        assertThat(root.resolve(".sksync")).doesNotExist();
    }

    private SkSyncServer start(TestServer described) throws IOException {
        SkSyncServer server = described.start();
        servers.add(server);
        return server;
    }
}
