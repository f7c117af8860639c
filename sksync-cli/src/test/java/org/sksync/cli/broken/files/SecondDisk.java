package org.sksync.cli.broken.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/** Touches the disk in the right module, and behind the back of the one class that may. */
record SecondDisk(Path path) {

    boolean isThere() {
        return Files.exists(path);
    }

    Path followed() throws IOException {
        return path.toRealPath();
    }

    void open() throws IOException {
        FileChannel.open(path).close();
    }
}
