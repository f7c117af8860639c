package org.sksync.cli.command;

import org.jspecify.annotations.Nullable;
import org.sksync.cli.command.Display.Format;
import org.sksync.cli.command.Display.Verbosity;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options for what is told of syncs: as of all commands, and of each file. */
final class SyncOutputOptions {

    @ArgGroup
    private @Nullable Amount amount;

    @Mixin
    private FormatOptions format = new FormatOptions();

    /** Creates options that picocli fills in. */
    SyncOutputOptions() {}

    /** Creates options that were read already. */
    SyncOutputOptions(Verbosity verbosity, Format format) {
        this.amount = new Amount();
        this.amount.quiet = verbosity == Verbosity.QUIET;
        this.amount.verbose = verbosity == Verbosity.VERBOSE;
        this.format = new FormatOptions(format);
    }

    /** How much is told: less or more, not both. */
    private static final class Amount {

        @Option(
                names = {"-q", "--quiet"},
                order = 5,
                description = "Tell of warnings and errors alone; with --json, no status.")
        private boolean quiet;

        @Option(
                names = {"-v", "--verbose"},
                order = 6,
                description = "Tell more: each file.")
        private boolean verbose;
    }

    Display display(boolean debug) {
        return format.display(verbosity(), debug);
    }

    private Verbosity verbosity() {
        if (amount == null) {
            return Verbosity.NORMAL;
        }
        return amount.quiet ? Verbosity.QUIET : amount.verbose ? Verbosity.VERBOSE : Verbosity.NORMAL;
    }
}
