package org.sksync.files.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.RelativePath;
import org.sksync.files.path.ResolvedRoot;
import org.sksync.files.scan.FileEntry;

/** Many files that are made durable at a stroke. */
class WholeDiskTest {

    private static final long TIME = 1_234_567_890_000L;
    private static final int MANY = 40;

    @TempDir
    private Path temp;

    /** What lay where, each time that the disk was forced. */
    private final List<List<String>> forced = new ArrayList<>();

    private boolean works = true;

    @Test
    void forcesTheDiskWhenAllFilesAreWholeWithTheirTimesAndNoneIsInItsPlace() throws Exception {
        try (TreeStore store = open(Durability.BATCH)) {
            store.commit(receive(store, MANY));

            assertThat(forced).hasSize(1);
            assertThat(forced.get(0)).hasSize(MANY).allMatch(("temp 7 " + TIME)::equals);
            assertThat(inPlace()).hasSize(MANY);
        }
    }

    @Test
    void forcesEachFileWhereTheDiskCannotBeForced() throws Exception {
        works = false;
        try (TreeStore store = open(Durability.BATCH)) {
            List<ArrivedFile> files = receive(store, MANY);
            store.commit(files);

            for (ArrivedFile file : files) {
                assertThat(file.result()).isEqualTo(CommitResult.STORED);
            }
            assertThat(forced).hasSize(1);
            assertThat(inPlace()).hasSize(MANY);
        }
    }

    @Test
    void doesNotForceTheDiskForAFewFiles() throws Exception {
        try (TreeStore store = open(Durability.BATCH)) {
            store.commit(receive(store, 3));

            assertThat(forced).isEmpty();
            assertThat(inPlace()).hasSize(3);
        }
    }

    @Test
    void doesNotForceTheDiskWhereEachFileIsDurableByItselfOrNone() throws Exception {
        for (Durability other : List.of(Durability.EACH, Durability.OFF)) {
            try (TreeStore store = open(other)) {
                store.commit(receive(store, MANY));

                assertThat(forced).isEmpty();
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
            assertThat(store.maxCommittedTogether()).isGreaterThan(500);
            assertThat(receive(store, MANY)).noneMatch(file -> file.channel().isOpen());
            assertThat(off.maxCommittedTogether()).isGreaterThan(500);
            assertThat(receive(off, MANY)).noneMatch(file -> file.channel().isOpen());
            assertThat(each.maxCommittedTogether()).isEqualTo(1);
        }
    }

    private TreeStore open(Durability durability) throws IOException {
        return TreeStore.open(
                ResolvedRoot.of(temp.toRealPath()),
                PlatformNames.current(),
                new PathLocks(),
                new SecureRandom(),
                Clock.systemUTC(),
                TimeErrors.FAIL,
                KeepReplaced.OFF,
                durability,
                Forcing.by(this::force));
    }

    private boolean force(Path directory) {
        assertThat(directory).isEqualTo(temp);
        try {
            List<String> all = new ArrayList<>(inPlace());
            try (Stream<Path> staged = Files.list(temp.resolve(RelativePath.STAGING_NAME))) {
                for (Path file :
                        staged.filter(each -> each.toString().endsWith(".part")).toList()) {
                    all.add("temp " + Files.size(file) + " "
                            + Files.getLastModifiedTime(file).toMillis());
                }
            }
            forced.add(all);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return works;
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
