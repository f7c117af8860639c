package org.sksync.cli.broken.client;

import java.nio.file.Files;
import java.nio.file.Path;

/** Touches the disk where that is not allowed. */
record DiskBehindTheBack(Path path) {

    boolean exists() {
        return Files.exists(path);
    }
}
