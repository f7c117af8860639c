package org.sksync.cli.service;

import java.nio.file.Path;
import java.util.List;

/** One thing that installing or removing a service does. */
public sealed interface Step {

    /** Returns it in words, as {@code write FILE}. */
    String words();

    /**
     * A file is written.
     *
     * @param file where
     * @param text what it will hold
     */
    record Write(Path file, String text) implements Step {
        @Override
        public String words() {
            return "write " + file;
        }
    }

    /**
     * A file is removed.
     *
     * @param file which
     */
    record Delete(Path file) implements Step {
        @Override
        public String words() {
            return "remove " + file;
        }
    }

    /**
     * A command is run that reads a text from a file. The file is there for it alone: nobody else can write it, and it is
     * gone afterwards.
     *
     * @param command its words, {@link #FILE} where the name of the file belongs
     * @param text what the file holds
     */
    record RunWithFile(List<String> command, String text) implements Step {

        /** Stands for the name of the file. */
        static final String FILE = "FILE";

        /** Takes a copy. */
        public RunWithFile {
            command = List.copyOf(command);
        }

        /** Returns the words with the name of a file. */
        List<String> command(Path file) {
            return command.stream()
                    .map(word -> word.equals(FILE) ? file.toString() : word)
                    .toList();
        }

        @Override
        public String words() {
            return "run " + String.join(" ", command);
        }
    }

    /**
     * A command is run.
     *
     * @param command its words
     * @param mayFail whether it is no matter if it fails, since what it undoes may not be there
     */
    record Run(List<String> command, boolean mayFail) implements Step {

        /** Takes a copy. */
        public Run {
            command = List.copyOf(command);
        }

        static Run of(String... words) {
            return new Run(List.of(words), false);
        }

        static Run ifPossible(String... words) {
            return new Run(List.of(words), true);
        }

        @Override
        public String words() {
            return "run " + String.join(" ", command);
        }
    }
}
