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
