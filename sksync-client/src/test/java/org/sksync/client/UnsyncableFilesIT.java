package org.sksync.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sksync.client.report.SyncListener;
import org.sksync.client.report.SyncReport;
import org.sksync.files.scan.SkippedFile;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.server.SkSyncServer;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;

/** What only this disk can hold, on both sides of a sync: it stays where it is, and the rest is synced. */
@ExtendWith(NoLeaks.class)
@EnabledOnOs(OS.LINUX)
final class UnsyncableFilesIT {
    private static final TreeFile FILE = TreeFile.text("content", 1_400_000_000);
    private static final String INJECTING = "x\n1400000000000 injected";

    private final SkSyncClient client = new SkSyncClient();

    @TempDir
    private Path temp;

    @AfterEach
    void stop() {
        client.close();
    }

    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void stayWhereTheyAre(ProtocolLevel level) throws Exception {
        Path here = makeTree("here");
        Path there = makeTree("there");

        SyncReport report;
        try (SkSyncServer server = TestDaemon.open(there)) {
            report = client.sync(
                    Profiles.of(server.address().getPort(), here, there.toString())
                            .level(level)
                            .profile(),
                    SyncListener.NONE);
        }

        assertThat(report.sentFiles()).isEqualTo(1);
        assertThat(report.receivedFiles()).isEqualTo(1);
        assertThat(report.skipped())
                .extracting(SkippedFile::name)
                .contains("x\\u000a1400000000000 injected", "here\\back");
        assertHoldsItsOwnAndBoth(here, "here");
        assertHoldsItsOwnAndBoth(there, "there");
    }

    /** Makes files that are synced and files that are not, each named after its side; and pipes under one name. */
    private Path makeTree(String side) throws Exception {
        Path root = Files.createDirectory(temp.toRealPath().resolve(side));
        TreeFixture.write(root, Map.of("from " + side, FILE, INJECTING, FILE, side + "\\back", FILE));
        TreeFixture.write(temp.toRealPath(), Map.of("outside/secret", FILE));
        Files.createSymbolicLink(
                root.resolve("link of " + side), temp.toRealPath().resolve("outside"));
        Files.createSymbolicLink(
                root.resolve("file link of " + side), temp.toRealPath().resolve("outside/secret"));
        for (String pipe : new String[] {"pipe", "pipe of " + side}) {
            assertThat(new ProcessBuilder("mkfifo", root.resolve(pipe).toString())
                            .start()
                            .waitFor())
                    .isZero();
        }
        return root;
    }

    private static void assertHoldsItsOwnAndBoth(Path root, String side) throws Exception {
        SortedMap<String, TreeFile> expected =
                new TreeMap<>(Map.of("from here", FILE, "from there", FILE, INJECTING, FILE, side + "\\back", FILE));
        assertThat(TreeFixture.read(root)).isEqualTo(expected);
        assertThat(TreeFixture.others(root))
                .containsExactlyInAnyOrder("link of " + side, "file link of " + side, "pipe", "pipe of " + side);
    }
}
