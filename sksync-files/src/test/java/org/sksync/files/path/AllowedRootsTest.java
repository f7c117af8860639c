package org.sksync.files.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.files.path.PathRefusedException.Reason;

class AllowedRootsTest {
    @TempDir
    Path temp;

    private Path data;

    @BeforeEach
    void createTree() throws IOException {
        temp = temp.toRealPath();
        data = Files.createDirectories(temp.resolve("data"));
        Files.createDirectories(data.resolve("below/deep"));
        Files.createDirectories(temp.resolve("data2"));
        Files.createDirectories(data.resolve(".sksync"));
        Files.writeString(data.resolve("file"), "x");
    }

    @Test
    void allowsAListedDirectoryAndWhatLiesBeneath() throws Exception {
        assertThat(deny(data).resolve(data.toString())).isEqualTo(new ResolvedRoot(data, data, false));
        assertThat(deny(data).resolve(data + "/")).isEqualTo(new ResolvedRoot(data, data, false));
        assertThat(deny(data).resolve(data + "/below/deep/"))
                .isEqualTo(new ResolvedRoot(data, data.resolve("below/deep"), false));
        assertThat(deny(temp.getRoot()).resolve(data.toString()))
                .isEqualTo(new ResolvedRoot(temp.getRoot(), data, false));
    }

    @Test
    void allowsNothingWithoutEntries() {
        assertRefused(AllowedRoots.of(List.of(), OutsidePolicy.DENY), data.toString(), Reason.NOT_ALLOWED);
        assertRefused(AllowedRoots.of(List.of(), OutsidePolicy.SILENT), data.toString(), Reason.NOT_ALLOWED);
    }

    @Test
    void refusesWhatOnlyLooksListed() {
        assertRefused(deny(data), temp + "/data2", Reason.NOT_ALLOWED);
        assertRefused(deny(data), temp.toString(), Reason.NOT_ALLOWED);
        assertRefused(deny(data), "/", Reason.NOT_ALLOWED);
        assertRefused(deny(data), "", Reason.NOT_ALLOWED);
        assertRefused(deny(data), "data", Reason.NOT_ALLOWED);
        assertRefused(deny(data), data + "\0", Reason.NOT_ALLOWED);
    }

    @Test
    void refusesDotPartsEvenWhenTheyLeadBack() {
        assertRefused(deny(data), data + "/../data2", Reason.DOT_PART);
        assertRefused(deny(data), data + "/below/..", Reason.DOT_PART);
        assertRefused(deny(data), data + "/./below", Reason.DOT_PART);
        assertRefused(deny(data), data + "/.", Reason.DOT_PART);
    }

    @Test
    void refusesALinkBelowTheListedDirectoryWhereverItLeads() throws Exception {
        Files.createSymbolicLink(data.resolve("out"), temp.resolve("data2"));
        Files.createSymbolicLink(data.resolve("in"), data.resolve("below"));
        Files.createSymbolicLink(data.resolve("self"), data);

        assertRefused(deny(data), data + "/out", Reason.LINK);
        assertRefused(deny(data), data + "/in/deep", Reason.LINK);
        assertRefused(deny(data), data + "/self/below", Reason.LINK);
    }

    @Test
    void allowsALinkThatIsListedItself() throws Exception {
        Path link = Files.createSymbolicLink(data.resolve("out"), temp.resolve("data2"));
        Files.createDirectories(temp.resolve("data2/sub"));
        AllowedRoots both = AllowedRoots.of(List.of(data.toString(), link.toString()), OutsidePolicy.DENY);

        assertThat(both.resolve(link + "/sub").directory()).isEqualTo(temp.resolve("data2/sub"));
    }

    @Test
    void allowsAListedDirectoryThatTheOperatorReachesThroughLinks() throws Exception {
        Path link = Files.createSymbolicLink(temp.resolve("link"), data);

        assertThat(deny(link).resolve(link.toString()).directory()).isEqualTo(data);
        assertThat(deny(link).resolve(link + "/below").directory()).isEqualTo(data.resolve("below"));
        assertThat(deny(link).resolve(data + "/below").directory()).isEqualTo(data.resolve("below"));
        assertRefused(deny(link), temp + "/data2", Reason.NOT_ALLOWED);
    }

    @Test
    void tellsMissingDirectoriesAndFilesApartFromForbiddenOnes() {
        Path later = temp.resolve("later");

        assertRefused(deny(data), data + "/none/deeper", Reason.MISSING);
        assertRefused(deny(later), later.toString(), Reason.MISSING);
        assertRefused(deny(later), later + "/below", Reason.MISSING);
        assertRefused(deny(data), data + "/file", Reason.NOT_A_DIRECTORY);
        assertRefused(deny(data), temp + "/none", Reason.NOT_ALLOWED);
    }

    @Test
    void allowsAListedDirectoryOnceItExists() throws Exception {
        Path later = temp.resolve("later");
        AllowedRoots roots = deny(later);
        Files.createDirectories(later);

        assertThat(roots.resolve(later.toString()).directory()).isEqualTo(later);
    }

    @Test
    void refusesADirectoryForTempFiles() {
        assertRefused(deny(data), data + "/.sksync", Reason.STAGING_NAME);
        assertRefused(deny(data), data + "/.SKSYNC", Reason.STAGING_NAME);
    }

    @Test
    void replacesWhatIsNotAllowedByTheFirstEntryWhenSilent() throws Exception {
        AllowedRoots silent =
                AllowedRoots.of(List.of(data.toString(), temp.resolve("data2").toString()), OutsidePolicy.SILENT);

        assertThat(silent.resolve("/")).isEqualTo(new ResolvedRoot(data, data, true));
        assertThat(silent.resolve("/sdcard/../x")).isEqualTo(new ResolvedRoot(data, data, true));
        assertThat(silent.resolve(temp + "/data2"))
                .isEqualTo(new ResolvedRoot(temp.resolve("data2"), temp.resolve("data2"), false));
        assertRefused(silent, data + "/none", Reason.MISSING);
    }

    @Test
    void refusesASilentReplacementThatIsMissing() {
        AllowedRoots silent = AllowedRoots.of(List.of(temp + "/later"), OutsidePolicy.SILENT);

        assertRefused(silent, "/elsewhere", Reason.MISSING);
    }

    private static AllowedRoots deny(Path entry) {
        return AllowedRoots.of(List.of(entry.toString()), OutsidePolicy.DENY);
    }

    private static void assertRefused(AllowedRoots roots, String requested, Reason reason) {
        assertThatExceptionOfType(PathRefusedException.class)
                .as(requested)
                .isThrownBy(() -> roots.resolve(requested))
                .returns(reason, PathRefusedException::reason);
    }

    @Nested
    class OnOtherFileSystems {
        private final FileSystem windows = Jimfs.newFileSystem(Configuration.windows());
        private final FileSystem unix = Jimfs.newFileSystem(Configuration.unix());

        @AfterEach
        void close() throws IOException {
            windows.close();
            unix.close();
        }

        @Test
        void allowsARelativeEntryUnderItsOwnText() throws Exception {
            Path real = Files.createDirectories(unix.getPath("/work/sync"));
            AllowedRoots roots = AllowedRoots.of(unix, List.of("./sync"), OutsidePolicy.DENY);

            assertThat(roots.resolve("./sync").directory()).isEqualTo(real);
            assertThat(roots.resolve("./sync/").directory()).isEqualTo(real);
            assertThat(roots.resolve("/work/sync").directory()).isEqualTo(real);
            assertRefused(roots, "sync", Reason.NOT_ALLOWED);
            assertRefused(roots, "./sync/below", Reason.NOT_ALLOWED);
        }

        @Test
        void allowsOtherSpellingsOfTheSameDirectory() throws Exception {
            Path real = Files.createDirectories(windows.getPath("C:\\Data\\Below"));
            AllowedRoots roots = AllowedRoots.of(windows, List.of("C:\\Data"), OutsidePolicy.DENY);

            assertThat(roots.resolve("C:\\DATA\\below").directory().toString()).isEqualTo(real.toString());
            assertRefused(roots, "C:\\Data2", Reason.NOT_ALLOWED);
            assertRefused(roots, "C:Data", Reason.NOT_ALLOWED);
            assertRefused(roots, "\\Data", Reason.NOT_ALLOWED);
            assertRefused(roots, "D:\\Data", Reason.NOT_ALLOWED);
            assertRefused(roots, "C:\\Data\\..\\Data", Reason.DOT_PART);
        }
    }
}
