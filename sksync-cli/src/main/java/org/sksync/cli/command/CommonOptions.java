package org.sksync.cli.command;

import java.nio.file.NoSuchFileException;
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
            order = 1,
            paramLabel = "FILE",
            description = "The configuration (default: ./sksync.json).")
    private @Nullable Path file;

    @Option(names = "--debug", order = 9, description = "Show where in the code an error comes from.")
    private boolean debug;

    /** Creates options that picocli fills in. */
    CommonOptions() {}

    /** Creates options that were read already. */
    CommonOptions(@Nullable Path file, boolean debug) {
        this.file = file;
        this.debug = debug;
    }

    boolean debug() {
        return debug;
    }

    /** Returns the file that is read. */
    Path file() {
        return file == null ? DEFAULT_FILE : file;
    }

    /** Returns what makes another command use the same file: nothing, or {@code -c} and its name. */
    String asWords() {
        return file == null ? "" : " -c " + ShellWord.of(file.toString());
    }

    /** Reads the configuration; empty where none was named and there is none. */
    Optional<SkSyncConfig> read(Terminal terminal) throws CommandFailure {
        try {
            SkSyncConfig config = ConfigReader.read(file());
            config.warnings().forEach(terminal::warn);
            return Optional.of(config);
        } catch (ConfigException e) {
            if (file == null && e.getCause() instanceof NoSuchFileException) {
                return Optional.empty();
            }
            throw new CommandFailure(ExitCode.USAGE, e);
        }
    }

    /** Reads the configuration, which has to be there. */
    SkSyncConfig readExisting(Terminal terminal) throws CommandFailure {
        Optional<SkSyncConfig> read = read(terminal);
        if (read.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    nothingRead()
                            + "; go to where sksync pair or init was run, name that file with -c FILE, or run sksync pair");
        }
        return read.get();
    }

    /** Says that {@link #read} found nothing. */
    String nothingRead() {
        return "there is no " + DEFAULT_FILE + " in "
                + DEFAULT_FILE.toAbsolutePath().normalize().getParent();
    }
}
