package org.sksync.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.files.path.OutsidePolicy;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;

/** Which directories a client gets. {@code data} is allowed, everything around it is not. */
@ExtendWith(NoLeaks.class)
final class PathIT {
    private static final Map<String, TreeFile> UPLOAD = Map.of("new", TreeFile.text("from the client", 1_400_000_000));

    @TempDir
    private Path temp;

    private Path around;
    private final List<AutoCloseable> running = new ArrayList<>();

    @BeforeEach
    void makeTrees() throws IOException {
        around = temp.toRealPath();
        TreeFile file = TreeFile.text("secret", 1_300_000_000);
        TreeFixture.write(
                around,
                Map.of("data/f", file, "data/sub/f", file, "data2/f", file, "other/f", file, "data/.sksync/f", file));
        Files.createSymbolicLink(around.resolve("data/link"), around.resolve("other"));
        Files.createSymbolicLink(around.resolve("data/inner"), around.resolve("data/sub"));
        Files.createSymbolicLink(around.resolve("way-in"), around.resolve("data"));
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable each : running) {
            each.close();
        }
    }

    static Stream<Arguments> refusedPaths() {
        return Stream.of(
                        "",
                        "/",
                        ".",
                        "..",
                        "data",
                        "./data",
                        "~",
                        "AROUND",
                        "AROUND/other",
                        "AROUND/data2",
                        "AROUND/dat",
                        "AROUND/data/..",
                        "AROUND/data/../other",
                        "AROUND/data/../data",
                        "AROUND/./data",
                        "AROUND/other/../data",
                        "AROUND/data/link",
                        "AROUND/data/link/.",
                        "AROUND/data/inner",
                        "AROUND/data/f",
                        "AROUND/data/missing",
                        "AROUND/data/.sksync",
                        "AROUND/data/.SKSYNC",
                        "AROUND/data\r",
                        "AROUND/data\u0000",
                        "\\\\host\\share",
                        "C:\\")
                .flatMap(path -> Stream.of(ProtocolLevel.SKSYNC_1, ProtocolLevel.PYSKSYNC_2)
                        .map(level -> Arguments.of(path, level)));
    }

    @ParameterizedTest
    @MethodSource("refusedPaths")
    void closesWithoutAWordOnAPathThatIsNotAllowed(String path, ProtocolLevel level) throws Exception {
        SkSyncServer server = start(TestServer.of(around.resolve("data")));
        SortedMap<String, TreeFile> before = TreeFixture.read(around);

        try (WireClient client = WireClient.connect(server, level).greet()) {
            client.sendRequest("0", "0", path.replace("AROUND", around.toString()));

            client.peer().expectEndOfStream();
        }

        assertThat(TreeFixture.read(around)).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"data", "data/", "data//", "data/sub", "data/sub/", "way-in", "way-in/sub"})
    void servesTheAllowedDirectoryAndWhatLiesBeneath(String path) throws Exception {
        SkSyncServer server = start(TestServer.of(around.resolve("data")));

        try (WireClient client = WireClient.connect(server, ProtocolLevel.PYSKSYNC_2)) {
            client.greet().request("2", "0", around + "/" + path).list(Map.of());

            assertThat(client.answer(name -> new byte[0])).isEmpty();
            assertThat(client.takeOffers()).containsKey("f").doesNotContainKeys("link/f", "inner/f", ".sksync/f");
            client.peer().expectEndOfStream();
        }
    }

    @Test
    void servesNothingWhereNothingIsAllowed() throws Exception {
        SkSyncServer server = start(TestServer.of());

        try (WireClient client =
                WireClient.connect(server, ProtocolLevel.PYSKSYNC_2).greet()) {
            client.sendRequest("2", "0", around.resolve("data").toString());

            client.peer().expectEndOfStream();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "AROUND/other", "AROUND/data/../other", "AROUND/data/link", "relative", ""})
    void silentPolicyPutsTheFirstAllowedDirectoryInPlaceOfAnotherOne(String path) throws Exception {
        SkSyncServer server = start(
                TestServer.of(around.resolve("data"), around.resolve("data2")).outside(OutsidePolicy.SILENT));
        SortedMap<String, TreeFile> before = TreeFixture.read(around);

        upload(server, path.replace("AROUND", around.toString()));

        SortedMap<String, TreeFile> after = new TreeMap<>(before);
        after.put("data/new", UPLOAD.get("new"));
        assertThat(TreeFixture.read(around)).isEqualTo(after);
    }

    @Test
    void silentPolicyLeavesAnAllowedDirectoryAlone() throws Exception {
        SkSyncServer server = start(
                TestServer.of(around.resolve("data"), around.resolve("data2")).outside(OutsidePolicy.SILENT));

        upload(server, around.resolve("data2").toString());

        assertThat(around.resolve("data2/new")).hasContent("from the client");
        assertThat(around.resolve("data/new")).doesNotExist();
    }

    @Test
    void silentPolicyDoesNotMakeUpAMissingDirectory() throws Exception {
        SkSyncServer server = start(TestServer.of(around.resolve("data")).outside(OutsidePolicy.SILENT));

        try (WireClient client =
                WireClient.connect(server, ProtocolLevel.PYSKSYNC_2).greet()) {
            client.sendRequest("0", "0", around.resolve("data/missing").toString());

            client.peer().expectEndOfStream();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"6\n0\n", "-1\n0\n", "\n0\n", "00\n0\n", "0\n2\n", "0\n\n", "0\n00\n", "x\n0\n"})
    void closesOnATypeOrFlagThatIsNone(String typeAndFlag) throws Exception {
        SkSyncServer server = start(TestServer.of(around.resolve("data")));

        try (WireClient client =
                WireClient.connect(server, ProtocolLevel.PYSKSYNC_2).greet()) {
            client.peer().send(typeAndFlag).expectEndOfStream();
        }
    }

    private void upload(SkSyncServer server, String path) {
        try (WireClient client = WireClient.connect(server, ProtocolLevel.PYSKSYNC_2)) {
            client.greet().request("1", "0", path).list(UPLOAD);

            assertThat(client.answerFrom(UPLOAD)).containsExactly("new");
            assertThat(client.takeOffers()).isEmpty();
            client.peer().expectEndOfStream();
        }
    }

    private SkSyncServer start(TestServer described) throws IOException {
        SkSyncServer server = described.start();
        running.add(server);
        return server;
    }
}
