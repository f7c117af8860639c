package org.sksync.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sksync.client.report.SyncListener;
import org.sksync.client.report.SyncReport;
import org.sksync.files.scan.SkipReason;
import org.sksync.files.scan.SkippedFile;
import org.sksync.files.store.GuardedFiles;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.server.SkSyncServer;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;

/** A client whose folder holds files of its own: no server gets them, and none replaces them. */
@ExtendWith(NoLeaks.class)
final class GuardedFilesIT {
    private static final TreeFile OWN = TreeFile.text("{\"password\": \"x\"}", 1_400_000_000);
    private static final TreeFile FORGED = TreeFile.text("{\"password\": \"y\"}", 1_500_000_000);
    private static final TreeFile OTHER = TreeFile.text("other", 1_400_000_000);

    private final SkSyncClient client = new SkSyncClient();

    @TempDir
    private Path temp;

    private Path here;
    private Path there;

    @BeforeEach
    void makeTrees() throws IOException {
        here = Files.createDirectory(temp.toRealPath().resolve("here"));
        there = Files.createDirectory(temp.toRealPath().resolve("there"));
        TreeFixture.write(here, Map.of("sksync.json", OWN, "mine", OTHER));
    }

    @AfterEach
    void stop() {
        client.close();
    }

    private SyncReport sync(ProtocolLevel level) throws Exception {
        GuardedFiles guarded = new GuardedFiles(
                List.of(here.resolve("sksync.json"), here.resolve("known_servers")), List.of(), "it is my own");
        try (SkSyncServer server = TestDaemon.open(there)) {
            return client.sync(
                    Profiles.of(server.address().getPort(), here, there.toString())
                            .level(level)
                            .guarding(guarded),
                    SyncListener.NONE);
        }
    }

    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void areNotSent(ProtocolLevel level) throws Exception {
        SyncReport report = sync(level);

        assertThat(TreeFixture.read(there)).isEqualTo(new TreeMap<>(Map.of("mine", OTHER)));
        assertThat(report.skipped())
                .containsExactly(new SkippedFile("sksync.json", SkipReason.GUARDED, "it is my own"));
    }

    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void areNotReplacedAndToldOnce(ProtocolLevel level) throws Exception {
        TreeFixture.write(
                there, Map.of("sksync.json", FORGED, "SKSYNC.JSON", FORGED, "known_servers", FORGED, "yours", OTHER));

        SyncReport report = sync(level);

        assertThat(TreeFixture.read(here))
                .isEqualTo(new TreeMap<>(Map.of("sksync.json", OWN, "mine", OTHER, "yours", OTHER)));
        assertThat(report.skipped())
                .extracting(SkippedFile::name, SkippedFile::reason)
                .containsExactlyInAnyOrder(
                        tuple("sksync.json", SkipReason.GUARDED),
                        tuple("SKSYNC.JSON", SkipReason.GUARDED),
                        tuple("known_servers", SkipReason.GUARDED));
    }
}
