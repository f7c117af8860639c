package org.sksync.cli.command;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** How wide the terminal of this process is. Java has no call for it, so the system's own program is asked. */
final class ScreenWidth {

    /** What a terminal has that says nothing else. */
    static final int USUAL_COLUMNS = 80;

    private static final int MAX_ANSWER_BYTES = 64;
    private static final long PATIENCE_SECONDS = 2;

    private ScreenWidth() {}

    /** Returns the number of columns; {@value #USUAL_COLUMNS} where that can't be found out. */
    static int columns() {
        try {
            Process stty = new ProcessBuilder("stty", "size")
                    .redirectInput(Redirect.INHERIT)
                    .redirectError(Redirect.DISCARD)
                    .start();
            try (InputStream out = stty.getInputStream()) {
                String answer = new String(out.readNBytes(MAX_ANSWER_BYTES), StandardCharsets.US_ASCII);
                return stty.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) ? columns(answer) : USUAL_COLUMNS;
            } finally {
                stty.destroyForcibly();
            }
        } catch (IOException e) {
            // Such as Windows, which has no such program.
            return USUAL_COLUMNS;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return USUAL_COLUMNS;
        }
    }

    /** Reads rows and columns; a terminal that does not know them says 0. */
    static int columns(String answer) {
        String[] numbers = answer.strip().split(" ", -1);
        boolean answers = numbers.length == 2 && numbers[1].matches("[1-9][0-9]{0,4}");
        return answers ? Integer.parseInt(numbers[1]) : USUAL_COLUMNS;
    }
}
