package org.sksync.server.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.RelativePath;
import org.sksync.files.plan.SyncDirection;
import org.sksync.files.plan.SyncPolicy;
import org.sksync.files.plan.TimeUse;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.FileListing;
import org.sksync.files.scan.ScanDepth;
import org.sksync.files.scan.SkippedFile;
import org.sksync.files.store.PathLocks;
import org.sksync.files.store.TimeErrors;
import org.sksync.files.store.TreeStore;
import org.sksync.server.config.FutureTimes;

/** What a daemon plans on a disk that takes names for one, and on one that does not. */
class PlannedTest {

    private static final long TIME = 1_700_000_000_000L;

    private final FileSystem windows = Jimfs.newFileSystem(Configuration.windows());
    private final FileSystem unix = Jimfs.newFileSystem(Configuration.unix());

    @AfterEach
    void closeDisks() throws Exception {
        windows.close();
        unix.close();
    }

    private static Planned plan(Path root, List<String> own, Map<String, Long> client) throws Exception {
        for (String name : own) {
            Path file = root.resolve(name);
            Files.createDirectories(file.getParent());
            Files.setLastModifiedTime(Files.writeString(file, name), FileTime.fromMillis(TIME));
        }
        FileListing.Builder listed = FileListing.builder();
        for (Map.Entry<String, Long> file : client.entrySet()) {
            listed.add(new FileEntry(path(file.getKey()), file.getValue(), FileEntry.UNKNOWN_SIZE));
        }
        try (TreeStore store = TreeStore.open(
                root.toRealPath(),
                PlatformNames.of(root.getFileSystem()),
                new PathLocks(),
                new SecureRandom(),
                TimeErrors.FAIL)) {
            return Planned.of(
                    store.scan(ScanDepth.TREE, ExcludeFilter.none()).files(),
                    listed.build(),
                    new SyncPolicy(SyncDirection.BIDIRECTIONAL, TimeUse.USED, Duration.ofSeconds(1)),
                    store,
                    FutureTimes.ACCEPTED,
                    Instant.ofEpochMilli(TIME));
        }
    }

    private static RelativePath path(String name) throws PathRefusedException {
        return RelativePath.of(name);
    }

    private static List<String> names(List<FileEntry> files) {
        return files.stream().map(file -> file.path().text()).toList();
    }

    @Test
    void neitherAsksForNorSendsWhatItsDiskTakesForAnotherFile() throws Exception {
        Path root = Files.createDirectories(windows.getPath("C:\\srv"));

        Planned planned = plan(
                root, List.of("readme", "dir/a", "kept"), Map.of("README", TIME + 9000, "DIR/b", TIME, "new", TIME));

        assertThat(names(planned.plan().toServer())).containsExactly("new");
        assertThat(names(planned.plan().toClient())).containsExactly("dir/a", "kept");
        assertThat(planned.leftOut()).extracting(SkippedFile::name).containsExactly("DIR/b", "README");
        assertThat(planned.leftOut()).allMatch(file -> file.detail().contains("rename"));
    }

    @Test
    void syncsNamesThatDifferInCaseWhereItsDiskKeepsThemApart() throws Exception {
        Path root = Files.createDirectories(unix.getPath("/srv"));

        Planned planned = plan(root, List.of("readme"), Map.of("README", TIME));

        assertThat(names(planned.plan().toServer())).containsExactly("README");
        assertThat(names(planned.plan().toClient())).containsExactly("readme");
        assertThat(planned.leftOut()).isEmpty();
    }

    @Test
    void warnsOfTwinsThatTheClientMayTakeForOneButNotOnceItHasThem() throws Exception {
        Path root = Files.createDirectories(unix.getPath("/srv"));

        Planned first = plan(root, List.of("readme", "README"), Map.of());
        Planned second = plan(root, List.of(), Map.of("readme", TIME, "README", TIME - 5000));

        assertThat(first.plan().toClient()).hasSize(2);
        assertThat(first.warnings()).singleElement().asString().contains("\"README\"", "\"readme\"");
        assertThat(second.plan().toClient()).hasSize(1);
        assertThat(second.warnings()).isEmpty();
    }

    @Test
    void warnsOnceOfTimesThatADiskHasRounded() throws Exception {
        Path root = Files.createDirectories(unix.getPath("/srv"));

        Planned planned = plan(root, List.of("a", "b"), Map.of("a", TIME + 1000, "b", TIME - 1000));

        assertThat(planned.plan().toServer()).hasSize(1);
        assertThat(planned.tellsOfTimes()).isTrue();
        assertThat(planned.warnings()).singleElement().asString().contains("\"a\"", "modify_window to 2");
    }
}
