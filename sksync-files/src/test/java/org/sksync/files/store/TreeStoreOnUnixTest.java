package org.sksync.files.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sksync.files.scan.SkipReason;

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
}
