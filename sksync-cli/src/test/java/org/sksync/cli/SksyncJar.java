package org.sksync.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.sksync.testkit.JavaProgram;
import org.sksync.testkit.JavaProgram.Stream;

/** The program as its users have it, run in a directory. */
public final class SksyncJar {

    /** The repository. */
    public static final Path ROOT = Path.of(System.getProperty("sksync.root", ".."));

    /** Where the daemons of tests answer; a socket's path must be short. */
    public static final Path RUN = ROOT.resolve("target/run").toAbsolutePath().normalize();

    /** Enough for a slow machine; a program that works needs a second. */
    public static final Duration LIMIT = Duration.ofSeconds(60);

    private SksyncJar() {}

    /**
     * How a run ended.
     *
     * @param exitCode what the process ended with
     * @param out standard output, its lines joined by line feeds
     * @param err standard error, its lines joined by line feeds
     */
    public record Ended(int exitCode, String out, String err) {}

    /** Describes a run with these words, for a short life: quick to start rather than quick. */
    public static JavaProgram.Launch launch(Path directory, String... words) throws IOException {
        Files.createDirectories(RUN);
        return JavaProgram.jar(ROOT.resolve("target/sksync.jar"))
                .vmArgs("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xshare:auto")
                .environment("XDG_RUNTIME_DIR", RUN.toString())
                .directory(directory)
                // Nothing of a test is left in its user's home.
                .environment(
                        "XDG_STATE_HOME",
                        ROOT.resolve("target/test-state").toAbsolutePath().toString())
                .args(words);
    }

    /** Runs the program to its end. */
    public static Ended run(Path directory, String... words) throws IOException {
        return end(launch(directory, words));
    }

    /** Starts a program and waits for its end. */
    public static Ended end(JavaProgram.Launch launch) throws IOException {
        try (JavaProgram program = launch.start()) {
            return end(program);
        }
    }

    /** Waits for a program's end. */
    public static Ended end(JavaProgram program) {
        int exitCode = program.exitCode(LIMIT);
        return new Ended(exitCode, program.text(Stream.OUT), program.text(Stream.ERR));
    }

    /** Starts a daemon on a free port. */
    public static JavaProgram daemon(Path directory, String config) throws IOException {
        return launch(directory, "server", "-c", config, "--port", "0").start();
    }

    /** Waits until a daemon listens and returns its port. */
    public static int port(JavaProgram daemon) {
        return Integer.parseInt(
                daemon.awaitLine(Stream.OUT, "^listening on .*:(\\d+)$", LIMIT).group(1));
    }

    /** Sends a signal by its name, such as {@code INT}. */
    public static void signal(JavaProgram program, String name) throws IOException, InterruptedException {
        // The shell's own: a base system has no program of this name.
        new ProcessBuilder("sh", "-c", "kill -s " + name + " " + program.pid())
                .start()
                .waitFor();
    }
}
