package org.sksync.testkit.figures;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * One figure of a soak run: a line in {@code target/soak-report.md} of the repository, which is named by the system
 * property {@code sksync.root}. Lines are appended, so one report can grow over several runs. Immutable.
 */
public final class Figure {
    private static final String HEAD = "| Figure | What | Target | Reached | | Machine |\n|---|---|---|---|---|---|\n";
    private static final long MIB = 1024 * 1024;
    private static final int MOST_SHOWN = 10;

    private final String id;
    private final String what;
    private final String target;
    private final String reached;

    private Figure(String id, String what, String target, String reached) {
        this.id = id;
        this.what = what;
        this.target = target;
        this.reached = reached;
    }

    /** Returns a figure without a target. */
    public static Figure of(String id, String what) {
        return new Figure(id, what, "", "");
    }

    /** Sets what is to be reached, in words. */
    public Figure target(String words) {
        return new Figure(id, what, words, reached);
    }

    /** Sets what was reached, in words. */
    public Figure reached(String words) {
        return new Figure(id, what, target, words);
    }

    /**
     * Writes the line of a figure that is a number.
     *
     * @throws AssertionError if the target was missed, once the line is written
     * @throws IOException if the report can't be written
     */
    public void report(boolean passed) throws IOException {
        write(passed);
        if (!passed) {
            throw new AssertionError(id + " " + what + ": " + reached + " (expected: " + target + ")");
        }
    }

    /**
     * Writes the line of a figure that nothing may spoil.
     *
     * @param failures what went wrong, one sentence each
     * @throws AssertionError that names the first failures, once the line is written
     * @throws IOException if the report can't be written
     */
    public void report(List<String> failures) throws IOException {
        write(failures.isEmpty());
        if (!failures.isEmpty()) {
            List<String> shown = failures.subList(0, Math.min(failures.size(), MOST_SHOWN));
            throw new AssertionError(id + " " + what + ": " + failures.size() + " failures:" + System.lineSeparator()
                    + String.join(System.lineSeparator(), shown));
        }
    }

    private void write(boolean passed) throws IOException {
        Path directory = Path.of(System.getProperty("sksync.root", ".."), "target");
        Files.createDirectories(directory);
        Path report = directory.resolve("soak-report.md");
        String head = Files.exists(report) ? "" : HEAD;
        String line = String.join(" | ", id, what, target, reached, passed ? "pass" : "FAIL", machine());
        Files.writeString(
                report, head + "| " + line + " |\n", UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private static String machine() {
        Runtime here = Runtime.getRuntime();
        return here.availableProcessors() + " cores, JDK " + Runtime.version().feature() + ", "
                + System.getProperty("os.name") + ", load JVM " + here.maxMemory() / MIB + " MiB";
    }
}
