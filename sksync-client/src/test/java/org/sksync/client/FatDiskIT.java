package org.sksync.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.client.report.SyncListener;
import org.sksync.client.report.SyncReport;
import org.sksync.files.scan.SkippedFile;
import org.sksync.server.SkSyncServer;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;

/** A client on a FAT disk: {@code -Dsksync.fat=DIR} names a directory on one, in which this makes one of its own. */
@ExtendWith(NoLeaks.class)
@EnabledIfSystemProperty(named = "sksync.fat", matches = ".+")
final class FatDiskIT {
    /** An odd second, which the disk does not keep. */
    private static final long ODD = 1_400_000_001;

    @TempDir
    private Path temp;

    @Test
    void namesWhatItsDiskTakesForOneAndSuggestsAModifyWindow() throws Exception {
        Path there = temp.toRealPath();
        Path here = Files.createTempDirectory(Path.of(System.getProperty("sksync.fat")), "sksync");
        TreeFixture.write(
                there, Map.of("README", TreeFile.text("one", ODD), "Readme", TreeFile.text("other", ODD + 1)));
        try (SkSyncServer server = TestDaemon.open(there);
                SkSyncClient client = new SkSyncClient()) {
            Profiles profile = Profiles.of(server.address().getPort(), here, there.toString());

            SyncReport first = client.sync(profile.profile(), SyncListener.NONE);
            SyncReport second = client.sync(profile.profile(), SyncListener.NONE);

            assertThat(first.hints()).singleElement().asString().contains("README", "modify_window to 2");
            assertThat(first.skipped()).extracting(SkippedFile::name).containsExactly("Readme");
            assertThat(second.skipped())
                    .singleElement()
                    .extracting(SkippedFile::detail)
                    .asString()
                    .contains("\"README\"", "rename");
            assertThat(here.resolve("README")).hasContent("one");
        } finally {
            Files.deleteIfExists(here.resolve("README"));
            Files.delete(here);
        }
    }
}
