package org.sksync.cli.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sksync.config.ConfigException;
import org.sksync.config.ConfigReader;
import org.sksync.config.SkSyncConfig;
import picocli.CommandLine.Option;

/** The options of every command that reads a configuration. */
final class CommonOptions {

    private static final Path DEFAULT_FILE = Path.of("sksync.json");

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The configuration (default: ./sksync.json where there is one).")
    private @Nullable Path file;

    @Option(names = "--debug", description = "Log more; show where in the code an error comes from.")
    private boolean debug;

    boolean debug() {
        return debug;
    }

    /** Returns the file that is read. */
    Path file() {
        return file == null ? DEFAULT_FILE : file;
    }

    /** Reads the configuration; the defaults where none was named and none is there. */
    SkSyncConfig read(Terminal terminal) throws CommandFailure {
        Optional<Path> named = Optional.ofNullable(file);
        try {
            if (named.isPresent() && !Files.exists(named.get())) {
                throw new CommandFailure(ExitCode.USAGE, named.get() + ": no such file (expected: a sksync.json)");
            }
            SkSyncConfig config = ConfigReader.readIfPresent(file());
            config.warnings().forEach(terminal::warn);
            return config;
        } catch (ConfigException e) {
            throw new CommandFailure(ExitCode.USAGE, e);
        }
    }
}
