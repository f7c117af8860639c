package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sksync.cli.command.Display.Coloring;

class SystemScreenTest {

    private final Map<String, String> environment = new HashMap<>(Map.of("TERM", "xterm"));

    private SystemScreen screen(Coloring coloring, boolean interactive, boolean windows) {
        return new SystemScreen(coloring, interactive, environment::get, windows);
    }

    @Test
    void showsColoursAtATerminalOnly() {
        assertThat(screen(Coloring.AUTO, true, false).colorsResults()).isTrue();
        assertThat(screen(Coloring.AUTO, false, false).colorsResults()).isFalse();
        assertThat(screen(Coloring.AUTO, false, false).colorsErrors()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"NO_COLOR, 1, false", "NO_COLOR, '', true", "TERM, dumb, false", "TERM, '', false"})
    void heedsWhatTheEnvironmentSays(String variable, String value, boolean colors) {
        environment.put(variable, value);

        assertThat(screen(Coloring.AUTO, true, false).colorsResults()).isEqualTo(colors);
    }

    @Test
    void doesWhatIsAskedForWhateverTheEnvironmentSays() {
        environment.put("NO_COLOR", "1");

        assertThat(screen(Coloring.ALWAYS, false, false).colorsResults()).isTrue();
        assertThat(screen(Coloring.ALWAYS, false, false).colorsErrors()).isTrue();
        environment.remove("NO_COLOR");
        assertThat(screen(Coloring.NEVER, true, false).colorsResults()).isFalse();
        assertThat(screen(Coloring.NEVER, true, false).colorsErrors()).isFalse();
    }

    @Test
    void staysPlainOnWindowsUnlessItsTerminalUnderstandsMore() {
        assertThat(screen(Coloring.AUTO, true, true).erases()).isFalse();
        assertThat(screen(Coloring.AUTO, true, true).colorsResults()).isFalse();

        environment.put("WT_SESSION", "1");
        assertThat(screen(Coloring.AUTO, true, true).erases()).isTrue();
        assertThat(screen(Coloring.AUTO, true, true).colorsErrors()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"120, 120", "0, 80", "-5, 80", "wide, 80", "99999, 80", ", 80"})
    void isAsWideAsTheEnvironmentSaysOrAsIsUsual(String columns, int width) {
        environment.put("COLUMNS", columns);

        assertThat(screen(Coloring.AUTO, false, false).columns()).isEqualTo(width);
    }

    @Test
    void looksAgainAfterItsSizeHasChanged() {
        SystemScreen screen = screen(Coloring.AUTO, false, false);
        environment.put("COLUMNS", "100");
        assertThat(screen.columns()).isEqualTo(100);

        environment.put("COLUMNS", "90");
        assertThat(screen.columns()).isEqualTo(100);
        screen.resized();
        assertThat(screen.columns()).isEqualTo(90);
    }
}
