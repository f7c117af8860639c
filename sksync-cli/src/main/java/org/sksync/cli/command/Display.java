package org.sksync.cli.command;

import java.util.Collection;

/**
 * How a command shows what it does.
 *
 * @param format in which form results, warnings and errors come
 * @param verbosity how much of it
 * @param coloring whether with colours
 * @param debug whether errors come with a stack trace
 */
public record Display(Format format, Verbosity verbosity, Coloring coloring, boolean debug) {

    /** In which form a command tells. */
    public enum Format {
        /** Sentences for people; errors and warnings on standard error. */
        TEXT,
        /** One JSON object a line, all on standard output. */
        JSON
    }

    /** How much a command tells. */
    public enum Verbosity {
        /** Warnings and errors alone. */
        QUIET,
        /** What it did. */
        NORMAL,
        /** Each file too. */
        VERBOSE
    }

    /** When a command uses colours. */
    public enum Coloring {
        /** On a terminal, unless {@code NO_COLOR} is set. */
        AUTO,
        /** Always. */
        ALWAYS,
        /** Never. */
        NEVER
    }

    /** Returns the display that words ask for, whichever command they name and whatever is wrong with them. */
    public static Display asked(Collection<String> words) {
        return new Display(
                words.contains("--json") ? Format.JSON : Format.TEXT,
                Verbosity.NORMAL,
                Coloring.AUTO,
                words.contains("--debug"));
    }

    /** Returns the display of a command that has no options for it. */
    public static Display plain(boolean debug) {
        return new Display(Format.TEXT, Verbosity.NORMAL, Coloring.AUTO, debug);
    }
}
