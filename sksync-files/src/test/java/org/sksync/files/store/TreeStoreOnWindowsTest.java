package org.sksync.files.store;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.sksync.files.scan.SkipReason;

class TreeStoreOnWindowsTest extends CaseFoldingTreeStoreContract {
    private final FileSystem disk = Jimfs.newFileSystem(Configuration.windows());

    @Override
    Path createRoot() throws IOException {
        return Files.createDirectories(disk.getPath("C:\\Users\\me\\Sync"));
    }

    @AfterEach
    void closeDisk() throws IOException {
        store.close();
        disk.close();
    }

    @Test
    void neitherOpensNorStoresDevicesAndStreams() throws Exception {
        write("file", "x");

        for (String name : new String[] {"CON", "dir/nul.txt", "file:stream", "FILE~1"}) {
            assertSkipped(SkipReason.NAME, () -> store.openForSending(path(name)));
            assertSkipped(SkipReason.NAME, () -> store.receive(path(name), Optional.empty()));
        }
    }
}
