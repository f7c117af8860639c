package org.sksync.cli.command;

import org.sksync.cli.command.Display.Verbosity;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command whose results somebody reads, a person or a program. */
final class OutputOptions {

    @Option(
            names = {"-q", "--quiet"},
            order = 5,
            description = "Tell of warnings and errors alone.")
    private boolean quiet;

    @Mixin
    private FormatOptions format = new FormatOptions();

    Display display(boolean debug) {
        return format.display(quiet ? Verbosity.QUIET : Verbosity.NORMAL, debug);
    }
}
