package org.sksync.cli.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sksync.cli.command.Display.Format;
import org.sksync.cli.command.Display.Verbosity;

/**
 * Reads the words of a usual {@code sync} command, or {@code client}: names, a configuration, options without surprises.
 * picocli would read them alike, but to learn all commands from their annotations costs it a quarter of the whole run
 * when there is nothing to sync. Whatever is unusual or wrong is left to it, and so are help and what is said of mistakes.
 */
public final class ClientWords {

    private static final String CONFIG = "--config";
    private static final String SET = "--set";
    private static final String ALL = "--all";
    private static final String QUIET = "--quiet";
    private static final String VERBOSE = "--verbose";
    private static final String JSON = "--json";
    private static final String DEBUG = "--debug";
    private static final Set<String> FLAGS = Set.of(ALL, QUIET, VERBOSE, JSON, DEBUG);

    private final Set<String> flags = new HashSet<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> set = new ArrayList<>();
    private @Nullable Path file;

    private ClientWords() {}

    /**
     * Returns the command that the words name; empty where picocli has to read them.
     *
     * @param words in this program's order, the command first
     */
    public static Optional<ClientCommand> read(List<String> words, Terminals terminals) {
        if (words.isEmpty() || !(words.get(0).equals("sync") || words.get(0).equals("client"))) {
            return Optional.empty();
        }
        ClientWords read = new ClientWords();
        return read.takesAll(words.subList(1, words.size())) ? Optional.of(read.command(terminals)) : Optional.empty();
    }

    /** Returns whether all words are usual ones, which are taken then. */
    private boolean takesAll(List<String> words) {
        int at = 0;
        while (at < words.size()) {
            String word = words.get(at);
            boolean beforeValue = at + 1 < words.size() && isValue(words.get(at + 1));
            if (isValue(word)) {
                names.add(word);
                at++;
            } else if (beforeValue && takes(longName(word), words.get(at + 1))) {
                at += 2;
            } else if (FLAGS.contains(longName(word)) && flags.add(longName(word))) {
                at++;
            } else {
                return false;
            }
        }
        return !(flags.contains(QUIET) && flags.contains(VERBOSE));
    }

    /** Returns whether it is an option with a value, which is taken then. */
    private boolean takes(String option, String value) {
        if (option.equals(SET)) {
            return set.add(value);
        }
        if (!option.equals(CONFIG) || file != null) {
            return false;
        }
        try {
            file = Path.of(value);
            return true;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private static String longName(String word) {
        return switch (word) {
            case "-c" -> CONFIG;
            case "-q" -> QUIET;
            case "-v" -> VERBOSE;
            default -> word;
        };
    }

    /** Returns whether a word is something else than an option. */
    private static boolean isValue(String word) {
        return !word.isEmpty() && word.charAt(0) != '-';
    }

    private ClientCommand command(Terminals terminals) {
        Verbosity verbosity = flags.contains(QUIET)
                ? Verbosity.QUIET
                : flags.contains(VERBOSE) ? Verbosity.VERBOSE : Verbosity.NORMAL;
        return new ClientCommand(
                terminals,
                new CommonOptions(file, flags.contains(DEBUG)),
                new SyncOutputOptions(verbosity, flags.contains(JSON) ? Format.JSON : Format.TEXT),
                flags.contains(ALL),
                new RunOptions(set),
                names);
    }
}
