package org.sksync.cli.command;

import java.io.Console;
import java.io.PrintWriter;
import java.util.Optional;
import org.sksync.files.path.EscapedText;

/**
 * Where a command prints and asks. Results go to standard output; progress, warnings and errors to standard error.
 * Whatever comes from a peer or a disk is escaped here.
 */
public final class Terminal {

    private final PrintWriter out;
    private final PrintWriter err;
    private final Optional<Console> console;
    private final boolean debug;

    /**
     * Creates a terminal.
     *
     * @param console the console that a person sits at; empty when piped
     * @param debug whether errors come with a stack trace
     */
    public Terminal(PrintWriter out, PrintWriter err, Optional<Console> console, boolean debug) {
        this.out = out;
        this.err = err;
        this.console = console;
        this.debug = debug;
    }

    /** Prints a line of the result. */
    public void print(String line) {
        out.println(EscapedText.of(line));
        out.flush();
    }

    /** Prints a warning. */
    public void warn(String text) {
        err.println("warning: " + EscapedText.of(text));
        err.flush();
    }

    /** Prints why a command failed: one sentence, and where in the code with {@code --debug}. */
    public void error(String sentence, Throwable cause) {
        err.println("error: " + EscapedText.of(sentence));
        if (debug) {
            cause.printStackTrace(err);
        }
        err.flush();
    }

    /** Tells whether a person watches. */
    public boolean isInteractive() {
        return console.isPresent();
    }

    /** Shows a line that the next one replaces; nothing when piped. */
    public void progress(String line) {
        if (isInteractive()) {
            err.print("\r\u001b[K" + EscapedText.of(line));
            err.flush();
        }
    }

    /** Takes the progress line away. */
    public void endProgress() {
        if (isInteractive()) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }

    /** Asks for a secret without echo; empty when nobody is there to ask, or the input ended. */
    public Optional<char[]> askSecret(String prompt) {
        return console.map(terminal -> terminal.readPassword("%s", prompt));
    }
}
