package org.sksync.cli.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the words of a usual {@code client} command: names, a configuration, {@code --debug}. picocli would read them
 * alike, but to learn all commands from their annotations costs it a quarter of the whole run when there is nothing to
 * sync. Whatever is unusual or wrong is left to it, and so are help and what is said of mistakes.
 */
public final class ClientWords {

    private ClientWords() {}

    /**
     * Returns the command that the words name; empty where picocli has to read them.
     *
     * @param words in this program's order, the command first
     */
    public static Optional<ClientCommand> read(List<String> words, Terminals terminals) {
        if (words.isEmpty() || !words.get(0).equals("client")) {
            return Optional.empty();
        }
        @Nullable Path file = null;
        boolean debug = false;
        List<String> names = new ArrayList<>();
        for (int i = 1; i < words.size(); i++) {
            String word = words.get(i);
            boolean beforeValue = i + 1 < words.size() && isValue(words.get(i + 1));
            if (isValue(word)) {
                names.add(word);
            } else if (word.equals("--debug") && !debug) {
                debug = true;
            } else if ((word.equals("-c") || word.equals("--config")) && file == null && beforeValue) {
                i++;
                try {
                    file = Path.of(words.get(i));
                } catch (InvalidPathException e) {
                    return Optional.empty();
                }
            } else {
                return Optional.empty();
            }
        }
        return Optional.of(new ClientCommand(terminals, new CommonOptions(file, debug), names));
    }

    /** Returns whether a word is neither an option nor the name of a file with more words. */
    private static boolean isValue(String word) {
        return !word.isEmpty() && word.charAt(0) != '-' && word.charAt(0) != '@';
    }
}
