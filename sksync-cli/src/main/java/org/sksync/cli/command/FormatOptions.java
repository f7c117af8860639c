package org.sksync.cli.command;

import java.util.Locale;
import org.sksync.cli.command.Display.Coloring;
import org.sksync.cli.command.Display.Format;
import org.sksync.cli.command.Display.Verbosity;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** In which form a command tells. */
final class FormatOptions {

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
    FormatOptions() {}

    /** Creates options that were read already. */
    FormatOptions(Format format) {
        this.json = format == Format.JSON;
    }

    Display display(Verbosity verbosity, boolean debug) {
        return new Display(json ? Format.JSON : Format.TEXT, verbosity, coloring, debug);
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
