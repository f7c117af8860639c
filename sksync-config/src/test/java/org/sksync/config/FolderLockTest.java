package org.sksync.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.config.FolderLock.Holder;

/** One run at a time syncs a folder. */
class FolderLockTest {

    private static final Holder SELF = new Holder(ProcessHandle.current().pid(), 1_700_000_000_000L, "watch notes");
    private static final Holder OTHER = new Holder(SELF.pid(), 1_700_000_000_001L, "client notes");

    @TempDir
    Path home;

    private Path locks;
    private Path folder;

    @BeforeEach
    void makeAFolder() throws IOException {
        locks = home.resolve("state/sksync/locks");
        folder = Files.createDirectory(home.resolve("notes"));
    }

    @Test
    void refusesASecondHolderAndNamesTheFirst() throws Exception {
        try (FolderLock held = FolderLock.acquire(locks, folder, SELF)) {
            assertThat(held).isNotNull();
            assertThatExceptionOfType(FolderBusyException.class)
                    .isThrownBy(() -> FolderLock.acquire(locks, folder, OTHER))
                    .withMessageContaining(folder.toString())
                    .satisfies(busy -> assertThat(busy.holder()).contains(SELF));
        }
    }

    @Test
    void isFreeAgainOnceItWasClosed() throws Exception {
        FolderLock.acquire(locks, folder, SELF).close();

        FolderLock second = FolderLock.acquire(locks, folder, OTHER);

        assertThat(second).isNotNull();
        second.close();
    }

    @Test
    void anotherFolderIsFree() throws Exception {
        Path another = Files.createDirectory(home.resolve("books"));

        try (FolderLock first = FolderLock.acquire(locks, folder, SELF);
                FolderLock second = FolderLock.acquire(locks, another, OTHER)) {
            assertThat(List.of(first, second)).doesNotHaveDuplicates();
        }
    }

    @Test
    void namesNobodyWhereTheOneThatIsNamedHasEnded() throws Exception {
        Holder gone = new Holder(Long.MAX_VALUE / 2, 1_700_000_000_000L, "client notes");
        try (FolderLock held = FolderLock.acquire(locks, folder, gone)) {
            assertThat(held).isNotNull();
            assertThatExceptionOfType(FolderBusyException.class)
                    .isThrownBy(() -> FolderLock.acquire(locks, folder, OTHER))
                    .satisfies(busy -> assertThat(busy.holder()).isEmpty());
        }
    }

    @Test
    void keepsItsFilesForTheUserAlone() throws Exception {
        FolderLock.acquire(locks, folder, SELF).close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(locks)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(locks)) {
            assertThat(files).singleElement().asString().endsWith(".lock").doesNotContain("notes");
        }
    }

    @Test
    void followsNoLinkToAnotherFile() throws Exception {
        FolderLock.acquire(locks, folder, SELF).close();
        Path victim = Files.writeString(home.resolve("victim"), "mine");
        Path lockFile;
        try (Stream<Path> files = Files.list(locks)) {
            lockFile = files.findFirst().orElseThrow();
        }
        Files.delete(lockFile);
        Files.createSymbolicLink(lockFile, victim);

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> FolderLock.acquire(locks, folder, SELF));
        assertThat(victim).hasContent("mine");
    }
}
