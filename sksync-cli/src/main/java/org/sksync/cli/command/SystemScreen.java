package org.sksync.cli.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.sksync.cli.command.Display.Coloring;

/**
 * The screen of this process, as far as its environment tells. Found out when it is asked for: most runs show neither
 * colours nor progress.
 */
final class SystemScreen implements Screen {

    private static final int MAX_COLUMNS = 10_000;
    private static final int ANSWER_BYTES = 64;
    private static final long ANSWER_SECONDS = 1;

    private final Coloring coloring;
    private final boolean interactive;
    private final UnaryOperator<@Nullable String> environment;
    private final boolean windows;
    private volatile int columns;

    /**
     * Creates one.
     *
     * @param interactive whether a person sits at standard input and output
     * @param environment gives the value of a variable, or null
     */
    SystemScreen(Coloring coloring, boolean interactive, UnaryOperator<@Nullable String> environment, boolean windows) {
        this.coloring = coloring;
        this.interactive = interactive;
        this.environment = environment;
        this.windows = windows;
    }

    /** Returns the screen of this process. */
    static SystemScreen of(Coloring coloring, boolean interactive) {
        boolean windows =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        return new SystemScreen(coloring, interactive, System::getenv, windows);
    }

    @Override
    public boolean colorsResults() {
        return switch (coloring) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> interactive && !isSet("NO_COLOR") && erases();
        };
    }

    @Override
    public boolean colorsErrors() {
        // Standard error may lead into a file though a person sits there.
        return coloring == Coloring.ALWAYS || (colorsResults() && (windows || StandardError.isDevice()));
    }

    @Override
    public boolean erases() {
        if (windows) {
            // What came with Windows before its Terminal shows escape sequences as they are.
            return isSet("WT_SESSION") || isSet("ANSICON") || "ON".equals(environment.apply("ConEmuANSI"));
        }
        return isSet("TERM") && !"dumb".equals(environment.apply("TERM"));
    }

    @Override
    public int columns() {
        int known = columns;
        if (known == 0) {
            known = number(environment.apply("COLUMNS"));
            known = known == 0 && interactive && !windows ? asked() : known;
            known = known == 0 ? USUAL_COLUMNS : known;
            columns = known;
        }
        return known;
    }

    @Override
    public void resized() {
        columns = 0;
    }

    private boolean isSet(String variable) {
        String value = environment.apply(variable);
        return value != null && !value.isEmpty();
    }

    /** Asks the terminal, which no class of Java's does; 0 where it does not say. */
    private static int asked() {
        Process process;
        try {
            process = new ProcessBuilder("stty", "size")
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            return 0;
        }
        try {
            if (!process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS)) {
                return 0;
            }
            String answer = new String(process.getInputStream().readNBytes(ANSWER_BYTES), StandardCharsets.US_ASCII);
            return number(answer.substring(answer.indexOf(' ') + 1).strip());
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        } finally {
            process.destroyForcibly();
        }
    }

    private static int number(@Nullable String digits) {
        try {
            int number = digits == null ? 0 : Integer.parseInt(digits);
            return number > 0 && number <= MAX_COLUMNS ? number : 0;
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
