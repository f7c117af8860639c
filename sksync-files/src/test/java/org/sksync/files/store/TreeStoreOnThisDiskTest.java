package org.sksync.files.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.ScanDepth;
import org.sksync.files.scan.ScanResult;
import org.sksync.files.scan.SkipReason;
import org.sksync.files.scan.SkippedFile;

class TreeStoreOnThisDiskTest extends TreeStoreContract {
    @TempDir
    Path temp;

    @Override
    Path createRoot() throws IOException {
        return Files.createDirectories(temp.resolve("root"));
    }

    @Test
    void survivesManySessionsInOneTree() throws Exception {
        int sessions = 8;
        int filesEach = 25;
        ExecutorService threads = Executors.newFixedThreadPool(sessions);
        try {
            List<Callable<Void>> work = new ArrayList<>();
            for (int session = 0; session < sessions; session++) {
                String prefix = "dir" + session % 3 + "/s" + session + "-";
                work.add(() -> {
                    for (int i = 0; i < filesEach; i++) {
                        try (TreeStore own = open();
                                IncomingFile incoming = own.receive(path(prefix + i), Optional.empty())) {
                            incoming.write(ByteBuffer.wrap(prefix.getBytes(UTF_8)));
                            incoming.commit(TIME);
                        }
                    }
                    return null;
                });
            }
            for (Future<Void> done : threads.invokeAll(work)) {
                done.get();
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(listed(ScanDepth.TREE)).hasSize(sessions * filesEach);
        assertNoTemps();
    }

    @Test
    void letsOneOfManySessionsReplaceAFile() throws Exception {
        write("a", "old");
        Optional<FileEntry> listed = Optional.of(entry("a"));
        int sessions = 8;
        ExecutorService threads = Executors.newFixedThreadPool(sessions);
        int stored = 0;
        try {
            List<Callable<Boolean>> work = new ArrayList<>();
            for (int session = 1; session <= sessions; session++) {
                long mtimeMillis = TIME + session * 1000L;
                work.add(() -> {
                    try (TreeStore own = open();
                            IncomingFile incoming = own.receive(path("a"), listed)) {
                        incoming.write(
                                ByteBuffer.wrap(Long.toString(mtimeMillis).getBytes(UTF_8)));
                        incoming.commit(mtimeMillis);
                        return true;
                    } catch (FileChangedException e) {
                        return false;
                    }
                });
            }
            for (Future<Boolean> done : threads.invokeAll(work)) {
                stored += done.get() ? 1 : 0;
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(stored).isEqualTo(1);
        assertThat(root.resolve("a")).hasContent(Long.toString(entry("a").mtimeMillis()));
        assertNoTemps();
    }

    @Nested
    @EnabledOnOs({OS.LINUX, OS.MAC})
    class WithPermissions {
        @Test
        void keepsNewFilesForTheirOwnerAndGivesDirectoriesTheUsualPermissions() throws Exception {
            Set<PosixFilePermission> usualDirectory = permissions(Files.createDirectory(temp.resolve("usual-dir")));

            receive("dir/new", Optional.empty(), "x", TIME);

            assertThat(permissions(root.resolve("dir/new"))).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThat(permissions(root.resolve("dir"))).isEqualTo(usualDirectory);
        }

        @Test
        void keepsThePermissionsOfAReplacedFileButNotItsSetuidBit() throws Exception {
            Path file = write("a", "old");
            Files.setAttribute(file, "unix:mode", 06750);

            receive("a", Optional.of(entry("a")), "new", TIME);

            assertThat((int) Files.getAttribute(file, "unix:mode") & 07777).isEqualTo(0750);
        }

        @Test
        void replacesAHardLinkedFileWithoutWritingThroughIt() throws Exception {
            write("a", "old");
            Path other = Files.createLink(temp.resolve("other"), root.resolve("a"));

            receive("a", Optional.of(entry("a")), "new", TIME);

            assertThat(root.resolve("a")).hasContent("new");
            assertThat(other).hasContent("old");
        }

        @Test
        void hidesUnfinishedFilesFromOtherUsers() throws Exception {
            Path staging = root.resolve(RelativePath.STAGING_NAME);
            try (IncomingFile incoming = store.receive(path("a"), Optional.empty())) {
                assertThat(permissions(staging)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
                incoming.commit(TIME);
            }
            Files.setPosixFilePermissions(staging, PosixFilePermissions.fromString("rwxrwxrwx"));
            try (IncomingFile incoming = store.receive(path("b"), Optional.empty())) {
                assertThat(permissions(staging)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
                incoming.commit(TIME);
            }
        }

        private Set<PosixFilePermission> permissions(Path path) throws IOException {
            return Files.getPosixFilePermissions(path);
        }
    }

    @Nested
    @EnabledOnOs(OS.LINUX)
    class OnLinux {
        @Test
        void neverOpensOrListsAPipe() throws Exception {
            run("mkfifo", root.resolve("pipe").toString());
            write("file", "x");

            ScanResult result = store.scan(ScanDepth.TREE, ExcludeFilter.none());

            assertThat(result.files().entries())
                    .extracting(e -> e.path().text())
                    .containsExactly("file");
            assertThat(result.skipped()).isEmpty();
            assertSkipped(SkipReason.NOT_A_FILE, () -> store.openForSending(path("pipe")));
            assertSkipped(SkipReason.NOT_A_FILE, () -> store.receive(path("pipe"), Optional.empty()));
        }

        @Test
        void skipsNamesThatNoPeerCanBeTold() throws Exception {
            write("good", "x");
            write("line\nfeed", "x");
            write("back\\slash", "x");
            write("escape\u001b", "x");
            write("C:drive", "x");
            write("dir\n/below", "x");
            run("sh", "-c", "touch \"$(printf '%s/bad\\377\\376' \"$1\")\"", "sh", root.toString());

            ScanResult result = store.scan(ScanDepth.TREE, ExcludeFilter.none());

            assertThat(result.files().entries())
                    .extracting(e -> e.path().text())
                    .containsExactly("good");
            assertThat(result.skipped()).extracting(SkippedFile::reason).containsOnly(SkipReason.NAME);
            assertThat(result.skipped())
                    .extracting(SkippedFile::name)
                    .containsExactlyInAnyOrder(
                            "line\\u000afeed",
                            "back\\slash",
                            "escape\\u001b",
                            "C:drive",
                            "dir\\u000a",
                            "bad\ufffd\ufffd");
        }

        @ParameterizedTest
        @ValueSource(longs = {Long.MIN_VALUE / 1000 * 1000, Long.MAX_VALUE / 1000 * 1000})
        void keepsTheOldFileWhenTheDiskKeepsAnotherTime(long mtimeMillis) throws Exception {
            write("a", "old");
            FileEntry listed = entry("a");

            assertSkipped(SkipReason.TIME, () -> receive("a", Optional.of(listed), "new", mtimeMillis));
            assertSkipped(SkipReason.TIME, () -> receive("dir/new", Optional.empty(), "new", mtimeMillis));

            assertThat(root.resolve("a")).hasContent("old");
            assertThat(root.resolve("dir")).doesNotExist();
        }

        @ParameterizedTest
        @ValueSource(longs = {Long.MIN_VALUE / 1000 * 1000, Long.MAX_VALUE / 1000 * 1000})
        void storesAFileWithAnotherTimeWhereTimesAreIgnored(long mtimeMillis) throws Exception {
            try (TreeStore ignoring = open(TimeErrors.IGNORE);
                    IncomingFile incoming = ignoring.receive(path("a"), Optional.empty())) {
                incoming.write(ByteBuffer.wrap("x".getBytes(UTF_8)));

                assertThat(incoming.commit(mtimeMillis)).isEqualTo(CommitResult.STORED_TIME_NOT_KEPT);
            }
            assertThat(root.resolve("a")).hasContent("x");
        }

        @Test
        void forcesTheOtherDirectoriesWhenOneCannotBeForcedAndNeverTakesThatBack() throws Exception {
            for (String directory : List.of("a", "b", "c")) {
                receive(directory + "/file", Optional.empty(), "x", TIME);
            }
            for (String directory : List.of("a", "b")) {
                Files.move(root.resolve(directory), temp.resolve(directory));
                Files.createSymbolicLink(root.resolve(directory), temp.resolve(directory));
            }

            assertThatExceptionOfType(FileSystemException.class)
                    .isThrownBy(store::makeDurable)
                    .withMessageContaining(root.resolve("a").toString())
                    .satisfies(e -> assertThat(e.getSuppressed())
                            .singleElement()
                            .asInstanceOf(InstanceOfAssertFactories.THROWABLE)
                            .hasMessageContaining(root.resolve("b").toString()));
            for (String directory : List.of("a", "b")) {
                Files.delete(root.resolve(directory));
                Files.move(temp.resolve(directory), root.resolve(directory));
            }
            assertThatExceptionOfType(FileSystemException.class).isThrownBy(store::makeDurable);
            assertThatExceptionOfType(FileSystemException.class).isThrownBy(store::close);
            assertThat(root.resolve("a/file")).hasContent("x");
        }

        @Test
        void forcesNoDirectoryThatMayNotBeRead() throws Exception {
            receive("dir/file", Optional.empty(), "x", TIME);
            Path directory = root.resolve("dir");
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("-wx------"));
            try {
                assumeThat(Files.isReadable(directory))
                        .as("this user may read everything")
                        .isFalse();

                store.makeDurable();

                assertThat(root.resolve("dir/file")).hasContent("x");
            } finally {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            }
        }

        private void run(String... command) throws Exception {
            assertThat(new ProcessBuilder(command).inheritIO().start().waitFor())
                    .isZero();
        }
    }

    @Test
    void storesEveryScriptThatUtf8Carries() throws Exception {
        for (String name :
                List.of("\u00e9t\u00e9", "\u4e2d\u6587", "\ud83d\ude00", "\u05e2\u05d1", "\u0e44\u0e17\u0e22")) {
            receive(name + "/" + name, Optional.empty(), name, TIME);
        }

        assertThat(listed(ScanDepth.TREE)).hasSize(5).contains("\u4e2d\u6587/\u4e2d\u6587");
    }
}
