package org.sksync.files.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.RelativePath;
import org.sksync.files.path.ResolvedRoot;
import org.sksync.files.scan.FileEntry;
import org.sksync.testkit.faults.DiskCall;
import org.sksync.testkit.faults.DiskError;
import org.sksync.testkit.faults.FaultyDisk;

/** Many files that are written out at a stroke before each is writtenOut. */
class WholeDiskTest {

    private static final long TIME = 1_234_567_890_000L;
    private static final int MANY = 40;

    @TempDir
    private Path temp;

    /** What lay where, each time that the disk was written out. */
    private final List<List<String>> writtenOut = new ArrayList<>();

    @Test
    void writesTheDiskOutWhenAllFilesAreWholeWithTheirTimesAndNoneIsInItsPlace() throws Exception {
        try (TreeStore store = open(Durability.BATCH)) {
            store.commit(receive(store, MANY));

            assertThat(writtenOut).hasSize(1);
            assertThat(writtenOut.get(0)).hasSize(MANY).allMatch(("temp 7 " + TIME)::equals);
            assertThat(inPlace()).hasSize(MANY);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, MANY})
    void forcesEachFileAllTheSame(int count) throws Exception {
        FaultyDisk disk = new FaultyDisk(FileSystems.getDefault());
        try (TreeStore store = open(Durability.BATCH, disk.on(temp.toRealPath()))) {
            List<ArrivedFile> files = receive(store, count);
            disk.fail(EnumSet.of(DiskCall.FORCE), count, DiskError.EIO, FaultyDisk.Span.ONE_CALL);

            store.commit(files);

            assertThat(disk.heal()).isEqualTo(1);
            assertThat(inPlace()).hasSize(count - 1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, MANY})
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void replacesFilesThatMayOnlyBeRead(int count) throws Exception {
        Set<PosixFilePermission> readOnly = PosixFilePermissions.fromString("r--r--r--");
        List<FileEntry> old = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Path file = Files.writeString(temp.resolve("file" + i), "old");
            Files.setLastModifiedTime(file, FileTime.fromMillis(TIME - 5000));
            Files.setPosixFilePermissions(file, readOnly);
            old.add(new FileEntry(RelativePath.of("file" + i), TIME - 5000, 3));
        }
        try (TreeStore store = open(Durability.BATCH)) {
            List<ArrivedFile> files = new ArrayList<>();
            for (FileEntry entry : old) {
                List<ByteBuffer> content = List.of(ByteBuffer.wrap("content".getBytes(UTF_8)));
                files.add(store.receiveWhole(entry.path(), Optional.of(entry), content, TIME));
            }
            store.commit(files);

            for (ArrivedFile file : files) {
                assertThat(file.result()).isEqualTo(CommitResult.STORED);
            }
        }
        assertThat(temp.resolve("file0")).hasContent("content");
        assertThat(Files.getPosixFilePermissions(temp.resolve("file0"))).isEqualTo(readOnly);
    }

    @Test
    void doesNotWriteTheDiskOutForAFewFiles() throws Exception {
        try (TreeStore store = open(Durability.BATCH)) {
            store.commit(receive(store, 3));

            assertThat(writtenOut).isEmpty();
            assertThat(inPlace()).hasSize(3);
        }
    }

    @Test
    void doesNotWriteTheDiskOutWhereEachFileIsDurableByItselfOrNone() throws Exception {
        for (Durability other : List.of(Durability.EACH, Durability.OFF)) {
            try (TreeStore store = open(other)) {
                store.commit(receive(store, MANY));

                assertThat(writtenOut).isEmpty();
                assertThat(inPlace()).hasSize(MANY);
            }
            for (String name : inPlace()) {
                Files.delete(temp.resolve(name));
            }
        }
    }

    @Test
    void takesMoreFilesTogetherThanItCouldKeepOpen() throws Exception {
        try (TreeStore store = open(Durability.BATCH);
                TreeStore off = open(Durability.OFF);
                TreeStore each = open(Durability.EACH)) {
            assertThat(store.maxCommittedTogether()).isGreaterThan(100);
            assertThat(receive(store, MANY)).noneMatch(file -> file.channel().isOpen());
            assertThat(off.maxCommittedTogether()).isGreaterThan(100);
            assertThat(receive(off, MANY)).noneMatch(file -> file.channel().isOpen());
            assertThat(each.maxCommittedTogether()).isEqualTo(1);
        }
    }

    private TreeStore open(Durability durability) throws IOException {
        return open(durability, temp.toRealPath());
    }

    private TreeStore open(Durability durability, Path root) throws IOException {
        return TreeStore.open(
                ResolvedRoot.of(root),
                PlatformNames.current(),
                GuardedFiles.NONE,
                new PathLocks(),
                new SecureRandom(),
                Clock.systemUTC(),
                TimeErrors.FAIL,
                KeepReplaced.OFF,
                durability,
                Forcing.by(this::look));
    }

    private void look(Path directory) {
        assertThat(directory.toString()).isEqualTo(temp.toString());
        try {
            List<String> all = new ArrayList<>(inPlace());
            try (Stream<Path> staged = Files.list(temp.resolve(RelativePath.STAGING_NAME))) {
                for (Path file :
                        staged.filter(each -> each.toString().endsWith(".part")).toList()) {
                    all.add("temp " + Files.size(file) + " "
                            + Files.getLastModifiedTime(file).toMillis());
                }
            }
            writtenOut.add(all);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> inPlace() throws IOException {
        try (Stream<Path> found = Files.list(temp)) {
            return found.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals(RelativePath.STAGING_NAME))
                    .toList();
        }
    }

    private static List<ArrivedFile> receive(TreeStore store, int count) throws IOException, PathRefusedException {
        List<ArrivedFile> files = new ArrayList<>();
        Optional<FileEntry> nothing = Optional.empty();
        for (int i = 0; i < count; i++) {
            List<ByteBuffer> content = List.of(ByteBuffer.wrap("content".getBytes(UTF_8)));
            files.add(store.receiveWhole(RelativePath.of("file" + i), nothing, content, TIME));
        }
        return files;
    }
}
