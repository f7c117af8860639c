package org.sksync.cli.command;

import java.io.PrintWriter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Opens the terminals of this process, and says its last words on the one that was opened last. One thread. */
public final class ProgramTerminals implements Terminals {

    private final PrintWriter out;
    private final PrintWriter err;
    private final Optional<Person> person;
    private @Nullable Terminal last;

    /**
     * Creates them.
     *
     * @param person who sits there; empty when piped
     */
    public ProgramTerminals(PrintWriter out, PrintWriter err, Optional<Person> person) {
        this.out = out;
        this.err = err;
        this.person = person;
    }

    @Override
    public Terminal open(Display display) {
        Terminal opened =
                new Terminal(out, err, person, display, SystemScreen.of(display.coloring(), person.isPresent()));
        last = opened;
        return opened;
    }

    /** Prints what is to be said at the end of every command, and returns the number that it ended with. */
    public int end(int exitCode) {
        if (last != null) {
            last.end(ExitCode.of(exitCode).orElse(ExitCode.ERROR));
        }
        return exitCode;
    }
}
