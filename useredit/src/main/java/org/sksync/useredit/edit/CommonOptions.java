package org.sksync.useredit.edit;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** What every command of useredit takes. */
final class CommonOptions {

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration to read or change (default: ./sksync.json).")
    private Optional<Path> config = Optional.empty();

    @Option(names = "--debug", description = "Show where in the program an error happened.")
    private boolean debug;

    Optional<Path> config() {
        return config;
    }

    boolean debug() {
        return debug;
    }
}
