package org.sksync.cli.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where standard error of this process leads. */
final class StandardError {

    private static final Path PLACE = Path.of("/dev/fd/2");
    private static final int KIND = 0xf000;
    private static final int CHARACTER_DEVICE = 0x2000;

    private StandardError() {}

    /** Tells whether it is a device, as a terminal is, rather than a file or a pipe; false where that can't be told. */
    static boolean isDevice() {
        try {
            return Files.getAttribute(PLACE, "unix:mode") instanceof Integer mode && (mode & KIND) == CHARACTER_DEVICE;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }
}
