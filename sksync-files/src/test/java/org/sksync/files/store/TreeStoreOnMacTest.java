package org.sksync.files.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TreeStoreOnMacTest extends CaseFoldingTreeStoreContract {
    private final FileSystem disk = Jimfs.newFileSystem(Configuration.osX().toBuilder()
            .setAttributeViews("basic", "owner", "posix", "unix")
            .build());

    @Override
    Path createRoot() throws IOException {
        return Files.createDirectories(disk.getPath("/Users/me/Sync"));
    }

    @AfterEach
    void closeDisk() throws IOException {
        store.close();
        disk.close();
    }

    @Test
    void keepsAFileWhoseNameIsComposedOtherwise() throws Exception {
        write("caf\u00e9", "first");

        assertThatExceptionOfType(FileChangedException.class)
                .isThrownBy(() -> store.receive(path("cafe\u0301"), Optional.empty()));
        assertThat(root.resolve("caf\u00e9")).hasContent("first");
    }
}
