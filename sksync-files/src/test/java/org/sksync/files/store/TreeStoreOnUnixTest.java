package org.sksync.files.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.scan.ScanDepth;
import org.sksync.files.scan.ScanResult;
import org.sksync.files.scan.SkipReason;
import org.sksync.files.scan.SkippedFile;

class TreeStoreOnUnixTest extends TreeStoreContract {
    private static final int DISK_BYTES = 1 << 20;

    private final FileSystem disk = Jimfs.newFileSystem(Configuration.unix().toBuilder()
            .setAttributeViews("basic", "owner", "posix", "unix")
            .setMaxSize(DISK_BYTES)
            .build());

    @Override
    Path createRoot() throws IOException {
        return Files.createDirectories(disk.getPath("/srv/sync"));
    }

    @AfterEach
    void closeDisk() throws IOException {
        store.close();
        disk.close();
    }

    @Test
    void leavesFilesOutWhoseTimeNoPeerTakes() throws Exception {
        long first = Instant.parse("0001-01-01T00:00:00Z").toEpochMilli();
        long last = Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();
        Files.setLastModifiedTime(write("first", "x"), FileTime.fromMillis(first));
        Files.setLastModifiedTime(write("last", "x"), FileTime.fromMillis(last));
        Files.setLastModifiedTime(write("early", "x"), FileTime.fromMillis(first - 1));
        Files.setLastModifiedTime(write("late", "x"), FileTime.fromMillis(last + 1));

        ScanResult result = store.scan(ScanDepth.TREE, ExcludeFilter.none());

        assertThat(result.files().entries()).extracting(e -> e.path().text()).containsExactly("first", "last");
        assertThat(result.skipped())
                .extracting(SkippedFile::name, SkippedFile::reason)
                .containsExactlyInAnyOrder(tuple("early", SkipReason.TIME), tuple("late", SkipReason.TIME));
        assertSkipped(SkipReason.TIME, () -> store.openForSending(path("late")));
        store.openForSending(path("last")).close();
    }

    @Test
    void keepsTheOldFileWhenTheDiskIsFull() throws Exception {
        write("a", "old");

        try (IncomingFile incoming = store.receive(path("a"), Optional.of(entry("a")))) {
            IOException full =
                    catchThrowableOfType(IOException.class, () -> incoming.write(ByteBuffer.allocate(2 * DISK_BYTES)));

            assertThat(store.skipped(path("a"), full).reason()).isEqualTo(SkipReason.NO_SPACE);
        }
        store.close();

        assertThat(root.resolve("a")).hasContent("old");
        assertNoTemps();
    }

    @Test
    void saysThatItKeepsNamesApart() throws Exception {
        write("readme", "x");

        assertThat(store.foldsCase(
                        store.scan(ScanDepth.TREE, ExcludeFilter.none()).files()))
                .isFalse();
        assertThat(store.inTheWay(path("README"))).isEmpty();
        assertThat(store.traits()).isEqualTo(new DiskTraits(false, 0));
        store.close();
        assertThat(root.resolve(".sksync")).doesNotExist();
    }

    @Test
    void saysThatItKeepsNamesApartWhereTwinsAreListed() throws Exception {
        write("README", "x");
        write("readme", "y");

        assertThat(store.foldsCase(
                        store.scan(ScanDepth.TREE, ExcludeFilter.none()).files()))
                .isFalse();
    }

    @Test
    void saysThatItKeepsNamesApartWhereATwinIsNotListed() throws Exception {
        write("README", "x");
        Files.createDirectory(root.resolve("readme"));

        assertThat(store.foldsCase(
                        store.scan(ScanDepth.TREE, ExcludeFilter.none()).files()))
                .isFalse();
    }

    @Test
    void saysThatItKeepsNamesApartWhereALinkIsTheTwinOfADirectory() throws Exception {
        write("dir/a", "x");
        Files.createSymbolicLink(root.resolve("DIR"), root.resolve("dir"));

        assertThat(store.foldsCase(
                        store.scan(ScanDepth.TREE, ExcludeFilter.none()).files()))
                .isFalse();
    }
}
