package org.sksync.cli.command;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sksync.cli.command.Display.Format;
import org.sksync.cli.command.Display.Verbosity;
import org.sksync.files.path.EscapedText;

/**
 * Where a command prints and asks. Results go to standard output, warnings and errors to standard error, progress to
 * the screen alone; with JSON all but progress goes to standard output.
 * Whatever comes from a peer or a disk is escaped here. Thread-safe.
 */
public final class Terminal {

    private static final String INDENT = "    ";

    private final PrintWriter out;
    private final PrintWriter err;
    private final Optional<Person> person;
    private final Display display;
    private final Screen screen;
    private int drawnColumns;
    private @Nullable String lastError;
    private boolean ended;

    /**
     * Creates a terminal without colours.
     *
     * @param person who sits there; empty when piped
     * @param display how things are shown
     */
    public Terminal(PrintWriter out, PrintWriter err, Optional<Person> person, Display display) {
        this(out, err, person, display, Screen.PLAIN);
    }

    /** Creates a terminal with that screen. */
    Terminal(PrintWriter out, PrintWriter err, Optional<Person> person, Display display, Screen screen) {
        this.out = out;
        this.err = err;
        this.person = person;
        this.display = display;
        this.screen = screen;
    }

    /** Prints a line of the result; nothing where the result comes as JSON, or the display is quiet. */
    public synchronized void print(String line) {
        printPainted(Paint.NONE, line);
    }

    /** Prints a part of the result, in the form that is asked for; what is quiet is the text alone. */
    synchronized void tell(String line, JsonLine json) {
        if (isJson()) {
            printLine(json.toString());
        } else {
            print(line);
        }
    }

    /** Prints a line that says that something is done, and all well. */
    synchronized void printDone(String line) {
        printPainted(Paint.DONE, line);
    }

    /** Prints what became of one file, where each file is told of. */
    synchronized void tellFile(String line, JsonLine json) {
        if (isVerbose()) {
            tell(line, json);
        }
    }

    /** Tells whether everything is told in JSON. */
    boolean isJson() {
        return display.format() == Format.JSON;
    }

    /** Tells whether each file is told of. */
    boolean isVerbose() {
        return display.verbosity() == Verbosity.VERBOSE;
    }

    /** Tells whether warnings and errors are all that is told. */
    boolean isQuiet() {
        return display.format() == Format.TEXT && display.verbosity() == Verbosity.QUIET;
    }

    private void printPainted(Paint paint, String line) {
        if (display.format() == Format.TEXT && !isQuiet()) {
            printLine(paint.on(EscapedText.of(line), paint != Paint.NONE && screen.colorsResults()));
        }
    }

    private void printLine(String line) {
        endProgress();
        out.println(line);
        out.flush();
    }

    /** Prints a warning. */
    public synchronized void warn(String text) {
        if (isJson()) {
            printLine(JsonLine.of("warning").put("message", text).toString());
        } else {
            complain(Paint.WARNING, "warning:", text);
        }
        err.flush();
    }

    /** Prints why a command failed: one sentence, and where in the code with {@code --debug}. */
    public synchronized void error(String sentence, Throwable cause) {
        lastError = sentence;
        if (isJson()) {
            printLine(JsonLine.of("error").put("message", sentence).toString());
        } else {
            complain(Paint.ERROR, "error:", sentence);
        }
        if (display.debug()) {
            printTrace(cause);
        }
        err.flush();
    }

    private void complain(Paint paint, String kind, String text) {
        endProgress();
        err.println(paint.on(kind, screen.colorsErrors()) + " " + EscapedText.of(text));
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

    /** Prints the last words of a command: with JSON, how it failed if it did. What is said already is not repeated. */
    synchronized void end(ExitCode code) {
        endProgress();
        if (isJson() && code != ExitCode.DONE && !ended) {
            ended = true;
            printLine(JsonLine.of("exit_error")
                    .put("code", code.code())
                    .put("name", code.token())
                    .put("message", lastError == null ? code.meaning() : lastError)
                    .toString());
        }
    }

    /** Returns how often progress is shown, in milliseconds; 0 where it is not. */
    long progressMillis() {
        if (display.verbosity() == Verbosity.QUIET) {
            return 0;
        }
        return isJson() ? 1000 : person.isPresent() ? 200 : 0;
    }

    /** Shows how a sync gets on: in a line that the next one replaces, or as JSON. */
    synchronized void progress(ProgressText progress) {
        if (isJson()) {
            printLine(progress.json().toString());
        } else {
            progress(progress.line(screen.columns() - 1));
        }
    }

    /** Prints how a sync gets on, since somebody asks for it just now. */
    void standing(ProgressText progress) {
        standing(progress.line(Integer.MAX_VALUE), progress.json());
    }

    /** Prints where something stands, since somebody asks for it just now. */
    synchronized void standing(String line, JsonLine json) {
        if (isJson()) {
            printLine(json.toString());
        } else {
            endProgress();
            err.println(EscapedText.of(line));
            err.flush();
        }
    }

    /** Shows a line that the next one replaces; nothing when piped, with JSON, or if the display is quiet. */
    public synchronized void progress(String line) {
        if (display.format() == Format.TEXT && !isQuiet()) {
            person.ifPresent(present -> {
                // The last column stays free: some terminals begin a new line there.
                String shown = Columns.cut(EscapedText.of(line), screen.columns() - 1);
                int columns = Columns.of(shown);
                draw(present, "\r" + shown + blank(drawnColumns - columns));
                drawnColumns = columns;
            });
        }
    }

    /** Takes the progress line away, if there is one. */
    public synchronized void endProgress() {
        if (drawnColumns > 0) {
            person.ifPresent(present -> draw(present, "\r" + blank(drawnColumns) + (screen.erases() ? "" : "\r")));
            drawnColumns = 0;
        }
    }

    /** Returns what clears the rest of a line; written after the text, so that nothing flickers. */
    private String blank(int columns) {
        return screen.erases() ? "\u001b[K" : " ".repeat(Math.max(columns, 0));
    }

    private static void draw(Person person, String line) {
        PrintWriter screen = person.screen();
        screen.print(line);
        screen.flush();
    }

    /** Returns whether a person sits there. */
    boolean isWatched() {
        return person.isPresent();
    }

    /** Takes note that the screen may have another width now. Any thread. */
    void resized() {
        screen.resized();
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

    /** Returns the width of the screen in characters; at least 1. May start a process. */
    int columns() {
        return screen.columns();
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
