package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sksync.cli.command.Display.Coloring;
import org.sksync.cli.command.Display.Format;
import org.sksync.cli.command.Display.Verbosity;

class TerminalTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private Terminal piped(boolean debug) {
        return new Terminal(new PrintWriter(out), new PrintWriter(err), Optional.empty(), Display.plain(debug));
    }

    @Test
    void printsResultsToStandardOutput() {
        piped(false).print("photos: caf\u00e9 \u9152");

        assertThat(out.toString()).isEqualTo("photos: caf\u00e9 \u9152" + System.lineSeparator());
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void printsWarningsAndErrorsToStandardError() {
        piped(false).warn("mind");
        piped(false).error("failed", new IllegalStateException("inside"));

        assertThat(err.toString().lines()).containsExactly("warning: mind", "error: failed");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void showsWhereAnErrorComesFromWithDebugOnly() {
        piped(true).error("failed", new IllegalStateException("inside"));

        assertThat(err.toString().lines())
                .startsWith("error: failed", "    java.lang.IllegalStateException: inside")
                .anyMatch(line -> line.startsWith("        at " + TerminalTest.class.getName()));
    }

    @Test
    void escapesWhatAPeerPutIntoAStackTrace() {
        Throwable cause = new IllegalStateException("\u001b]0;owned\u0007\r\nerror: forged\nerror: too\u202e");

        piped(true).error("failed", new IllegalStateException("outside", cause));

        assertThat(err.toString().lines().filter(line -> !line.startsWith("    ")))
                .containsExactly("error: failed");
        assertThat(err.toString().replace(System.lineSeparator(), ""))
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}]")
                .contains("owned", "forged");
    }

    @Test
    void escapesWhatCouldSteerATerminal() {
        Terminal terminal = piped(false);

        terminal.print("skipped \u001b]0;owned\u0007.txt\nerror: forged\u202e");
        terminal.warn("\u001b[2J\r");
        terminal.error("\u009b31m", new IllegalStateException());

        assertThat(out.toString().strip() + err.toString().replace(System.lineSeparator(), ""))
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}]")
                .contains("owned", "forged", "31m");
    }

    @Test
    void showsNoProgressWhenPiped() {
        Terminal terminal = piped(false);

        terminal.progress("photos: 1 file");
        terminal.endProgress();

        assertThat(out.toString() + err).isEmpty();
    }

    @Test
    void showsProgressOnTheScreenAloneWhereverStandardErrorLeads() {
        StringWriter screen = new StringWriter();
        Terminal terminal = new Terminal(
                new PrintWriter(out), new PrintWriter(err), Optional.of(at(screen, "")), Display.plain(false));

        terminal.progress("photos: 1 file\u001b[2J");
        terminal.warn("mind");
        terminal.print("done");

        assertThat(screen.toString()).isEqualTo("\rphotos: 1 file\\u001b[2J\u001b[K\r\u001b[K");
        assertThat(err.toString()).isEqualTo("warning: mind" + System.lineSeparator());
        assertThat(out.toString()).isEqualTo("done" + System.lineSeparator());
    }

    @Test
    void asksThePersonWhoIsThere() {
        Terminal terminal = new Terminal(
                new PrintWriter(out),
                new PrintWriter(err),
                Optional.of(at(new StringWriter(), "secret")),
                Display.plain(false));

        assertThat(terminal.askSecret("Password: "))
                .hasValueSatisfying(secret -> assertThat(secret).containsExactly("secret".toCharArray()));
    }

    private static Person at(StringWriter screen, String secret) {
        return new Person() {

            @Override
            public PrintWriter screen() {
                return new PrintWriter(screen);
            }

            @Override
            public Optional<String> line(String prompt) {
                return Optional.empty();
            }

            @Override
            public Optional<char[]> secret(String prompt) {
                return Optional.of(secret.toCharArray());
            }
        };
    }

    @Test
    void asksNobodyWhenPiped() {
        assertThat(piped(false).askSecret("Password: ")).isEmpty();
        assertThat(out.toString() + err).isEmpty();
    }

    @Test
    void asksForALineAndNamesTheOptionWhereNobodyIsThere() throws Exception {
        ScriptedPerson person = new ScriptedPerson("answer");
        Terminal terminal =
                new Terminal(new PrintWriter(out), new PrintWriter(err), Optional.of(person), Display.plain(false));

        assertThat(terminal.askLine("What\u001b? ", "--flag")).isEqualTo("answer");
        assertThat(person.questions()).containsExactly("What\\u001b? ");
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> terminal.askLine("More? ", "--flag"))
                .withMessageContaining("the input ended")
                .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.INTERRUPTED));
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> piped(false).askLine("What? ", "--flag"))
                .withMessageStartingWith("missing: --flag")
                .satisfies(failure -> assertThat(failure.exitCode()).isEqualTo(ExitCode.USAGE));
    }

    @Test
    void printsALongLineWhole() {
        String line = "x".repeat(3000);

        piped(false).printWhole(line);

        assertThat(out.toString().strip()).isEqualTo(line);
    }

    @Test
    void drawsPicturesForAPersonAlone() {
        ScriptedPerson person = new ScriptedPerson();
        new Terminal(new PrintWriter(out), new PrintWriter(err), Optional.of(person), Display.plain(false))
                .draw(List.of("ab", "cd"));
        piped(false).draw(List.of("ab", "cd"));

        assertThat(person.drawn().lines()).containsExactly("ab", "cd");
        assertThat(out.toString() + err).isEmpty();
    }

    private Terminal with(Format format, Verbosity verbosity, Screen screen) {
        return new Terminal(
                new PrintWriter(out),
                new PrintWriter(err),
                Optional.empty(),
                new Display(format, verbosity, Coloring.AUTO, false),
                screen);
    }

    @Test
    void quietTellsOfWarningsAndErrorsAlone() {
        Terminal terminal = with(Format.TEXT, Verbosity.QUIET, Screen.PLAIN);

        terminal.print("done");
        terminal.tell("done", JsonLine.of("summary"));
        terminal.tellFile("sent a", JsonLine.of("file"));
        terminal.warn("mind");
        terminal.error("failed", new IllegalStateException());

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString().lines()).containsExactly("warning: mind", "error: failed");
    }

    @Test
    void tellsOfEachFileWhereThatIsAskedForOnly() {
        with(Format.TEXT, Verbosity.NORMAL, Screen.PLAIN).tellFile("sent a", JsonLine.of("file"));
        with(Format.TEXT, Verbosity.VERBOSE, Screen.PLAIN).tellFile("sent b", JsonLine.of("file"));

        assertThat(out.toString().lines()).containsExactly("sent b");
    }

    @Test
    void tellsEverythingOnStandardOutputInJson() {
        Terminal terminal = with(Format.JSON, Verbosity.NORMAL, COLORED);

        terminal.print("not for programs");
        terminal.tell("done", JsonLine.of("summary"));
        terminal.warn("mind");
        terminal.error("failed", new IllegalStateException());
        terminal.end(ExitCode.NETWORK);
        terminal.end(ExitCode.NETWORK);

        assertThat(out.toString().lines())
                .containsExactly(
                        "{\"message_type\":\"summary\"}",
                        "{\"message_type\":\"warning\",\"message\":\"mind\"}",
                        "{\"message_type\":\"error\",\"message\":\"failed\"}",
                        "{\"message_type\":\"exit_error\",\"code\":5,\"name\":\"network\",\"message\":\"failed\"}");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void endsWithWhatTheCodeMeansWhereThereWasNoError() {
        with(Format.JSON, Verbosity.NORMAL, Screen.PLAIN).end(ExitCode.PARTIAL);
        with(Format.JSON, Verbosity.NORMAL, Screen.PLAIN).end(ExitCode.DONE);
        with(Format.TEXT, Verbosity.NORMAL, Screen.PLAIN).end(ExitCode.ERROR);

        assertThat(out.toString().strip())
                .isEqualTo("{\"message_type\":\"exit_error\",\"code\":3,\"name\":\"partial\","
                        + "\"message\":\"done, but files were left out\"}");
    }

    private static final Screen COLORED = new Screen() {

        @Override
        public boolean colorsResults() {
            return true;
        }

        @Override
        public boolean colorsErrors() {
            return true;
        }
    };

    @Test
    void paintsErrorsWarningsAndWhatIsDoneAndNothingElse() {
        Terminal terminal = with(Format.TEXT, Verbosity.NORMAL, COLORED);

        terminal.print("plain");
        terminal.tell("left out", JsonLine.of("summary"));
        terminal.printDone("done \u001b[31m");
        terminal.warn("mind");
        terminal.error("failed", new IllegalStateException());

        assertThat(out.toString().lines()).containsExactly("plain", "left out", "\u001b[32mdone \\u001b[31m\u001b[0m");
        assertThat(err.toString().lines())
                .containsExactly("\u001b[33mwarning:\u001b[0m mind", "\u001b[31merror:\u001b[0m failed");
    }

    /** A screen of 12 columns that knows no escape sequence. */
    private static final Screen OLD = new Screen() {

        @Override
        public boolean erases() {
            return false;
        }

        @Override
        public int columns() {
            return 12;
        }
    };

    @Test
    void paintsOverALineWithBlanksWhereNothingElseIsUnderstood() {
        StringWriter screen = new StringWriter();
        Terminal terminal = new Terminal(
                new PrintWriter(out), new PrintWriter(err), Optional.of(at(screen, "")), Display.plain(false), OLD);

        terminal.progress("a long line of text");
        terminal.progress("short");
        terminal.endProgress();
        terminal.endProgress();

        assertThat(screen.toString()).isEqualTo("\ra long lin\u2026\rshort      \r     \r");
    }

    @Test
    void showsNoProgressWhereItIsQuietOrInJson() {
        for (Display display : new Display[] {
            new Display(Format.TEXT, Verbosity.QUIET, Coloring.AUTO, false),
            new Display(Format.JSON, Verbosity.NORMAL, Coloring.AUTO, false)
        }) {
            StringWriter screen = new StringWriter();
            Terminal terminal =
                    new Terminal(new PrintWriter(out), new PrintWriter(err), Optional.of(at(screen, "")), display);

            terminal.progress("photos: 1 file");

            assertThat(screen.toString()).isEmpty();
        }
    }

    @Test
    void showsProgressAsOftenAsItsReadersWantIt() {
        Optional<Person> nobody = Optional.empty();
        Optional<Person> somebody = Optional.of(at(new StringWriter(), ""));

        assertThat(progressMillis(Format.TEXT, Verbosity.NORMAL, somebody)).isEqualTo(200);
        assertThat(progressMillis(Format.TEXT, Verbosity.NORMAL, nobody)).isZero();
        assertThat(progressMillis(Format.TEXT, Verbosity.QUIET, somebody)).isZero();
        assertThat(progressMillis(Format.JSON, Verbosity.NORMAL, nobody)).isEqualTo(1000);
        assertThat(progressMillis(Format.JSON, Verbosity.QUIET, nobody)).isZero();
    }

    private long progressMillis(Format format, Verbosity verbosity, Optional<Person> person) {
        Display display = new Display(format, verbosity, Coloring.AUTO, false);
        return new Terminal(new PrintWriter(out), new PrintWriter(err), person, display).progressMillis();
    }
}
