package org.sksync.cli.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.sksync.cli.command.Display.Format;
import org.sksync.cli.command.Display.Verbosity;
import org.sksync.files.path.EscapedText;

/**
 * Where a command prints and asks. Results go to standard output, warnings and errors to standard error, progress to
 * the screen alone.
 * Whatever comes from a peer or a disk is escaped here. Thread-safe.
 */
public final class Terminal {

    private static final String ERASE_LINE = "\r\u001b[K";
    private static final String INDENT = "    ";

    private final PrintWriter out;
    private final PrintWriter err;
    private final Optional<Person> person;
    private final Display display;
    private boolean showsProgress;

    /**
     * Creates a terminal.
     *
     * @param person who sits there; empty when piped
     * @param display how things are shown
     */
    public Terminal(PrintWriter out, PrintWriter err, Optional<Person> person, Display display) {
        this.out = out;
        this.err = err;
        this.person = person;
        this.display = display;
    }

    /** Prints a line of the result; nothing where the result comes as JSON, or the display is quiet. */
    public synchronized void print(String line) {
        if (display.format() == Format.TEXT && display.verbosity() != Verbosity.QUIET) {
            printLine(EscapedText.of(line));
        }
    }

    /** Prints a part of the result, in the form that is asked for. */
    synchronized void tell(String line, JsonLine json) {
        if (display.format() == Format.JSON) {
            printLine(json.toString());
        } else {
            print(line);
        }
    }

    private void printLine(String line) {
        endProgress();
        out.println(line);
        out.flush();
    }

    /** Prints a warning. */
    public synchronized void warn(String text) {
        if (display.format() == Format.JSON) {
            printLine(JsonLine.of("warning").put("message", text).toString());
            return;
        }
        endProgress();
        err.println("warning: " + EscapedText.of(text));
        err.flush();
    }

    /** Prints why a command failed: one sentence, and where in the code with {@code --debug}. */
    public synchronized void error(String sentence, Throwable cause) {
        if (display.format() == Format.JSON) {
            printLine(JsonLine.of("error").put("message", sentence).toString());
        } else {
            endProgress();
            err.println("error: " + EscapedText.of(sentence));
        }
        if (display.debug()) {
            printTrace(cause);
        }
        err.flush();
    }

    /** Prints that the program itself is at fault, and returns how it ends then. */
    public ExitCode fault(Exception cause) {
        error("a fault in this program: " + cause + (display.debug() ? "" : "; --debug shows where"), cause);
        return ExitCode.ERROR;
    }

    /** Prints a stack trace indented, so that a message of several lines can't pass for lines of this program. */
    private void printTrace(Throwable cause) {
        StringWriter trace = new StringWriter();
        cause.printStackTrace(new PrintWriter(trace));
        trace.toString().lines().forEach(line -> err.println(INDENT + EscapedText.of(line.replace("\t", INDENT))));
    }

    /** Shows a line that the next one replaces; nothing when piped. */
    public synchronized void progress(String line) {
        person.ifPresent(present -> {
            draw(present, EscapedText.of(line));
            showsProgress = true;
        });
    }

    /** Takes the progress line away, if there is one. */
    public synchronized void endProgress() {
        if (showsProgress) {
            person.ifPresent(present -> draw(present, ""));
            showsProgress = false;
        }
    }

    private static void draw(Person person, String line) {
        PrintWriter screen = person.screen();
        screen.print(ERASE_LINE + line);
        screen.flush();
    }

    /** Returns whether a person sits there. */
    boolean isWatched() {
        return person.isPresent();
    }

    /** Asks for a secret without echo; empty when nobody is there to ask, or the input ended. */
    public Optional<char[]> askSecret(String prompt) {
        return person.flatMap(present -> present.secret(EscapedText.of(prompt)));
    }

    /** Returns whether somebody is there to be asked. */
    boolean canAsk() {
        return person.isPresent();
    }

    /**
     * Asks for a line of text.
     *
     * @param flag what tells it without a question
     */
    String askLine(String prompt, String flag) throws CommandFailure {
        Person present = person.orElseThrow(() ->
                new CommandFailure(ExitCode.USAGE, "missing: " + flag + " (there is no terminal to ask for it at)"));
        return present.line(EscapedText.of(prompt)).orElseThrow(Terminal::inputEnded);
    }

    /** Says that the input ended where an answer was awaited. */
    static CommandFailure inputEnded() {
        return new CommandFailure(ExitCode.INTERRUPTED, "the input ended at a question; nothing was changed");
    }

    /** Prints a line of the result of which nothing may be missing, however long it is. */
    synchronized void printWhole(String line) {
        if (display.format() == Format.TEXT) {
            printLine(EscapedText.of(line, Integer.MAX_VALUE));
        }
    }

    /** Draws a picture of characters on the screen; nothing when piped, or where the result comes as JSON. */
    synchronized void draw(List<String> picture) {
        if (display.format() == Format.TEXT && display.verbosity() != Verbosity.QUIET) {
            endProgress();
            person.map(Person::screen).ifPresent(screen -> {
                picture.forEach(screen::println);
                screen.flush();
            });
        }
    }
}
