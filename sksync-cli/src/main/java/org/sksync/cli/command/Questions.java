package org.sksync.cli.command;

import java.util.Optional;

/** What a command asks the person at the terminal for; where nobody is there, it names the flag that tells. */
final class Questions {

    private final Terminal terminal;

    Questions(Terminal terminal) {
        this.terminal = terminal;
    }

    /**
     * Asks until there is an answer.
     *
     * @param otherwise what counts where nothing is typed; empty: something has to be
     * @param flag what tells without a question
     */
    String line(String question, Optional<String> otherwise, String flag) throws CommandFailure {
        String prompt = question + otherwise.map(value -> " [" + value + "]").orElse("") + ": ";
        while (true) {
            String typed = terminal.askLine(prompt, flag).strip();
            if (!typed.isEmpty()) {
                return typed;
            }
            if (otherwise.isPresent()) {
                return otherwise.get();
            }
        }
    }

    /** Asks for a line that may be empty. */
    String lineOrNone(String question, String flag) throws CommandFailure {
        return terminal.askLine(question + ": ", flag).strip();
    }

    boolean yes(String question, boolean otherwise, String flag) throws CommandFailure {
        while (true) {
            String typed = terminal.askLine(question + (otherwise ? " [Y/n]: " : " [y/N]: "), flag)
                    .strip();
            if (typed.isEmpty()) {
                return otherwise;
            }
            if (typed.equalsIgnoreCase("y") || typed.equalsIgnoreCase("yes")) {
                return true;
            }
            if (typed.equalsIgnoreCase("n") || typed.equalsIgnoreCase("no")) {
                return false;
            }
        }
    }
}
