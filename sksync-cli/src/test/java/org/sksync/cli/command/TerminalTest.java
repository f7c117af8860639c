package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

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

        assertThat(screen.toString()).isEqualTo("\r\u001b[Kphotos: 1 file\\u001b[2J\r\u001b[K");
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
}
