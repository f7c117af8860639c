package org.sksync.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sksync.client.report.SyncListener;
import org.sksync.client.report.SyncReport;
import org.sksync.files.scan.SkippedFile;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.SyncType;
import org.sksync.server.SkSyncServer;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.ScriptedPeer;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;

/** Names that are spelled differently on the two sides, and times that a disk has rounded; on a disk that keeps both. */
@ExtendWith(NoLeaks.class)
final class NamesAndTimesIT {
    private static final long NOW = 1_400_000_000;
    private static final String COMPOSED = "caf\u00e9";
    private static final String DECOMPOSED = "cafe\u0301";

    private final SkSyncClient client = new SkSyncClient();

    @TempDir
    private Path temp;

    private Path here;
    private Path there;

    @BeforeEach
    void makeTrees() throws Exception {
        here = Files.createDirectory(temp.toRealPath().resolve("here"));
        there = Files.createDirectory(temp.toRealPath().resolve("there"));
    }

    @AfterEach
    void stop() {
        client.close();
    }

    private SyncReport sync(ProtocolLevel level, int windowSeconds) throws Exception {
        try (SkSyncServer server = TestDaemon.open(there)) {
            Profiles profile = Profiles.of(server.address().getPort(), here, there.toString())
                    .level(level);
            return client.sync(profile.profile(Duration.ofSeconds(windowSeconds)), SyncListener.NONE);
        }
    }

    private SyncReport sync() throws Exception {
        return sync(ProtocolLevel.PYSKSYNC_2, 1);
    }

    private static void assertMovesNothing(SyncReport report) {
        assertThat(report.sentFiles()).isZero();
        assertThat(report.receivedFiles()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"PYSKSYNC_1", "PYSKSYNC_2"})
    void theNewerOfOneNameInTwoFormsReplacesTheOlderAndEachSideKeepsItsName(ProtocolLevel level) throws Exception {
        TreeFile newest = TreeFile.text("newest", NOW + 5);
        TreeFixture.write(here, Map.of("up " + DECOMPOSED, newest, "down " + DECOMPOSED, TreeFile.text("old", NOW)));
        TreeFixture.write(there, Map.of("up " + COMPOSED, TreeFile.text("old", NOW), "down " + COMPOSED, newest));

        SyncReport report = sync(level, 1);

        assertThat(report.sentFiles()).isEqualTo(1);
        assertThat(report.receivedFiles()).isEqualTo(1);
        assertThat(report.skipped()).isEmpty();
        assertThat(TreeFixture.read(here)).isEqualTo(Map.of("up " + DECOMPOSED, newest, "down " + DECOMPOSED, newest));
        assertThat(TreeFixture.read(there)).isEqualTo(Map.of("up " + COMPOSED, newest, "down " + COMPOSED, newest));
        assertMovesNothing(sync(level, 1));
    }

    /** A server that compares names as they are has the composed one too, as old as ours, and so does not ask for it. */
    private SyncReport syncWithOlderServer(Path directory, List<String> expectedListing, String... offers)
            throws Exception {
        try (ScriptedPeer server = ScriptedPeer.server()) {
            server.play(peer -> {
                WireServer wire = new WireServer(peer, ProtocolLevel.PYSKSYNC_2);
                assertThat(wire.takeListing()).containsExactlyInAnyOrderElementsOf(expectedListing);
                wire.wantNoMore();
                for (String name : offers) {
                    wire.offer(name, NOW + 5, "other");
                }
                wire.end();
            });
            SyncReport report =
                    client.sync(Profiles.of(server.port(), directory, "/there").profile(), SyncListener.NONE);
            server.verify();
            return report;
        }
    }

    private static String listed(String name, long mtimeSeconds) {
        return mtimeSeconds + "000 " + new String(name.getBytes(UTF_8), ISO_8859_1);
    }

    @Test
    void bothFilesOfAnOlderServerThatTakesTwoFormsForTwoAreKept() throws Exception {
        TreeFixture.write(here, Map.of(COMPOSED, TreeFile.text("own", NOW)));

        SyncReport report = syncWithOlderServer(here, List.of(listed(COMPOSED, NOW)), DECOMPOSED);

        assertThat(report.receivedFiles()).isEqualTo(1);
        assertThat(report.skipped()).isEmpty();
        assertThat(TreeFixture.read(here))
                .isEqualTo(Map.of(COMPOSED, TreeFile.text("own", NOW), DECOMPOSED, TreeFile.text("other", NOW + 5)));
        // What a file is listed with decides whether the server's is replaced by it.
        assertMovesNothing(syncWithOlderServer(here, List.of(listed(COMPOSED, NOW), listed(DECOMPOSED, NOW + 5))));
    }

    @Test
    void aDiskThatTakesTwoFormsForOneKeepsItsFileAndNamesTheOlderServersOther() throws Exception {
        try (FileSystem mac = Jimfs.newFileSystem(Configuration.osX().toBuilder()
                .setAttributeViews("basic", "owner", "posix", "unix")
                .build())) {
            Path directory = mac.getPath("/Users/me/Sync");
            TreeFixture.write(directory, Map.of(COMPOSED, TreeFile.text("own", NOW)));

            for (int sync = 0; sync < 2; sync++) {
                SyncReport report = syncWithOlderServer(directory, List.of(listed(COMPOSED, NOW)), DECOMPOSED);

                assertMovesNothing(report);
                assertThat(report.skipped()).singleElement().satisfies(left -> {
                    assertThat(left.name()).isEqualTo(DECOMPOSED);
                    assertThat(left.detail()).contains("\"" + COMPOSED + "\"", "rename one of the two");
                });
                assertThat(TreeFixture.read(directory)).isEqualTo(Map.of(COMPOSED, TreeFile.text("own", NOW)));
            }
        }
    }

    @Test
    void aFileThatIsThereInTwoFormsTravelsOnceAndIsNamed() throws Exception {
        TreeFixture.write(there, Map.of(COMPOSED, TreeFile.text("one", NOW), DECOMPOSED, TreeFile.text("other", NOW)));

        assertThat(sync().receivedFiles()).isEqualTo(1);

        assertThat(TreeFixture.read(here)).containsOnlyKeys(COMPOSED);
        assertMovesNothing(sync());
    }

    @Test
    void filesThatDifferInCaseTravelWithAWarningThatNamesBoth() throws Exception {
        TreeFixture.write(here, Map.of("Readme", TreeFile.text("one", NOW), "README", TreeFile.text("other", NOW + 5)));

        SyncReport report = sync();

        assertThat(report.sentFiles()).isEqualTo(2);
        assertThat(report.skipped()).isEmpty();
        assertThat(report.hints()).singleElement().asString().contains("\"README\"", "\"Readme\"", "macOS");
        SyncReport second = sync();
        assertMovesNothing(second);
        assertThat(second.hints()).isEmpty();
    }

    @Test
    void suggestsAModifyWindowWhereTimesComeBackASecondOff() throws Exception {
        TreeFixture.write(here, Map.of("notes", TreeFile.text("same", NOW)));
        TreeFixture.write(there, Map.of("notes", TreeFile.text("same", NOW + 1)));

        SyncReport report = sync();

        assertThat(report.receivedFiles()).isEqualTo(1);
        assertThat(report.skipped()).isEmpty();
        assertThat(report.hints()).singleElement().asString().contains("\"notes\"", "modify_window to 2");
    }

    @Test
    void aWindowHereThatTheServerDoesNotHaveIsNoReasonToNameFilesAsLeftOut() throws Exception {
        TreeFixture.write(
                here,
                Map.of("a", TreeFile.text("same", NOW), "b", TreeFile.text("same", NOW), "c", TreeFile.text("x", NOW)));
        TreeFixture.write(
                there,
                Map.of(
                        "a",
                        TreeFile.text("same", NOW + 1),
                        "b",
                        TreeFile.text("same", NOW + 1),
                        "c",
                        TreeFile.text("y", NOW + 2)));

        SyncReport report = sync(ProtocolLevel.PYSKSYNC_2, 2);

        assertThat(report.receivedFiles()).isEqualTo(1);
        assertThat(report.skipped()).extracting(SkippedFile::name).isEmpty();
        assertThat(report.hints()).singleElement().asString().contains("modify_window", "on the server");
        assertThat(Files.getLastModifiedTime(here.resolve("a"))).isEqualTo(FileTime.fromMillis(NOW * 1000));
    }

    @Test
    void saysNothingOfTimesThatDoNotCount() throws Exception {
        TreeFixture.write(here, Map.of("notes", TreeFile.text("same", NOW)));
        TreeFixture.write(there, Map.of("notes", TreeFile.text("same", NOW + 1)));
        try (SkSyncServer server = TestDaemon.open(there)) {
            SyncReport report = client.sync(
                    Profiles.of(server.address().getPort(), here, there.toString())
                            .type(SyncType.BIDIRECTIONAL_NO_TIME)
                            .profile(),
                    SyncListener.NONE);

            assertMovesNothing(report);
            assertThat(report.hints()).isEmpty();
        }
    }
}
