package org.sksync.cli.broken.files;

import java.nio.file.Files;
import java.nio.file.Path;

/** Touches the disk where that is allowed. */
public record Disk(Path path) {

    /** Looks. */
    public boolean exists() {
        return Files.exists(path);
    }
}
