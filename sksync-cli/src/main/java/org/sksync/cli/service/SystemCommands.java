package org.sksync.cli.service;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.List;

/** Runs commands as processes of this machine. */
public final class SystemCommands implements CommandRunner {

    private static final int NOT_FOUND = 127;
    private static final int INTERRUPTED = 130;

    /** Creates the runner. */
    public SystemCommands() {}

    @Override
    public Ended run(List<String> words) {
        try {
            Process process =
                    new ProcessBuilder(words).redirectErrorStream(true).start();
            process.getOutputStream().close();
            try (InputStream output = process.getInputStream()) {
                String text = new String(output.readAllBytes(), Charset.defaultCharset());
                return new Ended(process.waitFor(), text.strip());
            }
        } catch (IOException e) {
            return new Ended(NOT_FOUND, "there is no " + words.get(0) + " here");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Ended(INTERRUPTED, "interrupted");
        }
    }
}
