package org.sksync.cli.command;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sksync.cli.command.Display.Coloring;
import org.sksync.cli.command.Display.Format;
import org.sksync.cli.command.Display.Verbosity;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options of every command whose results somebody reads, a person or a program. */
final class OutputOptions {

    @ArgGroup
    private @Nullable Amount amount;

    @Option(names = "--json", order = 7, description = "Tell in JSON: one object a line, on standard output.")
    private boolean json;

    @Option(
            names = "--color",
            order = 8,
            paramLabel = "WHEN",
            converter = ColoringWords.class,
            description = "Use colours: auto (on a terminal without NO_COLOR), always, never.")
    private Coloring coloring = Coloring.AUTO;

    /** Creates options that picocli fills in. */
    OutputOptions() {}

    /** Creates options that were read already. */
    OutputOptions(Verbosity verbosity, Format format) {
        this.amount = new Amount();
        this.amount.quiet = verbosity == Verbosity.QUIET;
        this.amount.verbose = verbosity == Verbosity.VERBOSE;
        this.json = format == Format.JSON;
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
        return new Display(json ? Format.JSON : Format.TEXT, verbosity(), coloring, debug);
    }

    private Verbosity verbosity() {
        if (amount == null) {
            return Verbosity.NORMAL;
        }
        return amount.quiet ? Verbosity.QUIET : amount.verbose ? Verbosity.VERBOSE : Verbosity.NORMAL;
    }

    private static final class ColoringWords implements ITypeConverter<Coloring> {

        @Override
        public Coloring convert(String word) {
            for (Coloring each : Coloring.values()) {
                if (each.name().toLowerCase(Locale.ROOT).equals(word)) {
                    return each;
                }
            }
            throw new TypeConversionException("'" + word + "' (expected: auto, always or never)");
        }
    }
}
