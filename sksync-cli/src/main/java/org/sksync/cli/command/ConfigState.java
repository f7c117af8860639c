package org.sksync.cli.command;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/**
 * How a daemon stands to its configuration.
 *
 * @param file where it is
 * @param taken when what is in force was read
 * @param fault why what was read later is not in force
 */
record ConfigState(Path file, Instant taken, Optional<Fault> fault) {

    /**
     * A configuration that can't be used.
     *
     * @param since when it was read first
     * @param message where, what was found, what is expected
     */
    record Fault(Instant since, String message) {}
}
