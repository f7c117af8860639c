package org.sksync.cli.command;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;

/** The person at the terminal: what they look at, wherever the standard streams lead, and how they are asked. */
public interface Person {

    /** Returns what writes to their screen. */
    PrintWriter screen();

    /** Asks for a line of text; empty when the input ended. */
    Optional<String> line(String prompt);

    /** Asks for a secret without echo; empty when the input ended. */
    Optional<char[]> secret(String prompt);

    /** Returns the person at a console. */
    static Person at(Console console) {
        return new Person() {

            @Override
            public PrintWriter screen() {
                return console.writer();
            }

            @Override
            public Optional<String> line(String prompt) {
                return Optional.ofNullable(console.readLine("%s", prompt));
            }

            @Override
            public Optional<char[]> secret(String prompt) {
                return Optional.ofNullable(console.readPassword("%s", prompt));
            }
        };
    }
}
