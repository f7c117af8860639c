package org.sksync.cli.reference;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine.Model.ArgSpec;

/**
 * What may stand for an option's value or for a word, as far as a shell can help with it.
 *
 * @param kind what it is
 * @param choices the words to choose from; empty unless it is one of them
 */
record Value(Kind kind, List<String> choices) {

    private static final Set<String> FILES = Set.of("FILE", "PATH");
    private static final Set<String> DIRECTORIES = Set.of("DIR");

    /** What a value can be. */
    enum Kind {
        /** A file or directory. */
        FILE,
        /** A directory. */
        DIRECTORY,
        /** A profile of the configuration. */
        PROFILE,
        /** One of a few words. */
        CHOICE,
        /** What only the user knows. */
        ANY
    }

    /** Returns what the argument's value may be; its label in the help tells files from others. */
    static Value of(ArgSpec argument) {
        Iterable<String> candidates = argument.completionCandidates();
        if (candidates instanceof ProfileNames) {
            return new Value(Kind.PROFILE, List.of());
        }
        if (candidates != null) {
            List<String> choices = new ArrayList<>();
            // Words on this command line are in small letters, also those that stand for an enum's constants.
            candidates.forEach(each -> choices.add(each.toLowerCase(Locale.ROOT)));
            return new Value(Kind.CHOICE, List.copyOf(choices));
        }
        if (FILES.contains(argument.paramLabel())) {
            return new Value(Kind.FILE, List.of());
        }
        if (DIRECTORIES.contains(argument.paramLabel())) {
            return new Value(Kind.DIRECTORY, List.of());
        }
        return new Value(Kind.ANY, List.of());
    }
}
