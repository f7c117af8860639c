package org.sksync.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.testkit.JavaProgram.Stream;

class JavaProgramIT {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    private Path directory;

    @Test
    void feedsInputAndCollectsOutputsAndExitCode() throws IOException {
        try (JavaProgram program = echo().args("7").stdin("erste\n\u9152").start()) {
            assertThat(program.exitCode(LIMIT)).isEqualTo(7);
            assertThat(program.lines(Stream.OUT)).containsExactly("ready on 4711", "heard erste", "heard \u9152");
            assertThat(program.text(Stream.ERR)).isEqualTo("end of input");
            assertThat(program.isRunning()).isFalse();
        }
    }

    @Test
    void runsAJarInItsDirectoryWithItsEnvironment() throws IOException {
        Path jar = directory.resolve("echo.jar");
        write(jar);

        try (JavaProgram program = JavaProgram.jar(jar)
                .vmArgs("-Decho.word=spoke")
                .environment("ECHO_MARK", "!")
                .directory(directory)
                .args("0")
                .stdin("where\n")
                .start()) {
            assertThat(program.exitCode(LIMIT)).isZero();
            assertThat(program.lines(Stream.OUT)).contains("spoke " + directory.toRealPath() + "!");
        }
    }

    @Test
    void awaitsALineAndGivesItsGroups() throws IOException {
        try (JavaProgram program = echo().args("0").start()) {
            assertThat(program.awaitLine(Stream.OUT, "ready on (\\d+)", LIMIT).group(1))
                    .isEqualTo("4711");

            program.type("now\n");
            assertThat(program.awaitLine(Stream.OUT, "^heard", LIMIT).group()).isEqualTo("heard");
            program.endInput();
            assertThat(program.exitCode(LIMIT)).isZero();
        }
    }

    @Test
    void saysWhatWasWrittenWhenALineDoesNotCome() throws IOException {
        try (JavaProgram program = echo().args("0").start()) {
            program.awaitLine(Stream.OUT, "ready", LIMIT);

            assertThatThrownBy(() -> program.awaitLine(Stream.ERR, "never", SHORT))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("no line with /never/ on stderr")
                    .hasMessageContaining("stdout: ready on 4711");
            assertThatThrownBy(() -> program.exitCode(SHORT))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("still running");
        }
    }

    @Test
    void stopsWaitingForALineWhenTheOutputEnds() throws IOException {
        try (JavaProgram program = echo().args("3").stdin("").start()) {
            assertThatThrownBy(() -> program.awaitLine(Stream.OUT, "never", Duration.ofDays(1)))
                    .isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void terminatesSoThatShutdownHooksRun() throws IOException {
        try (JavaProgram program = echo().args("0").start()) {
            program.awaitLine(Stream.OUT, "ready", LIMIT);

            program.terminate();

            assertThat(program.exitCode(LIMIT)).isEqualTo(143);
            assertThat(program.lines(Stream.ERR)).contains("hook ran");
        }
    }

    @Test
    void killsWithoutAsking() throws IOException {
        try (JavaProgram program = echo().args("0").start()) {
            program.awaitLine(Stream.OUT, "ready", LIMIT);

            program.kill();

            assertThat(program.exitCode(LIMIT)).isEqualTo(137);
            assertThat(program.lines(Stream.ERR)).isEmpty();
        }
    }

    @Test
    void closeEndsAProgramThatStillRuns() throws IOException {
        JavaProgram program = echo().args("0").start();
        ProcessHandle handle = ProcessHandle.of(program.pid()).orElseThrow();

        program.close();

        assertThat(handle.isAlive()).isFalse();
    }

    private static JavaProgram.Launch echo() {
        return JavaProgram.mainClass(Echo.class.getName());
    }

    private static void write(Path jar) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Echo.class.getName());
        String entry = Echo.class.getName().replace('.', '/') + ".class";
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                InputStream in = Echo.class.getClassLoader().getResourceAsStream(entry)) {
            out.putNextEntry(new JarEntry(entry));
            in.transferTo(out);
        }
    }

    /** The child: repeats its input and ends with the code in its argument. */
    static final class Echo {
        private Echo() {}

        public static void main(String[] args) throws IOException {
            PrintStream out = new PrintStream(System.out, true, UTF_8);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                if (!Boolean.getBoolean("echo.done")) {
                    System.err.println("hook ran");
                }
            }));
            out.println("ready on 4711");
            BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                String mark = System.getenv().getOrDefault("ECHO_MARK", "");
                out.println(
                        line.equals("where")
                                ? System.getProperty("echo.word") + " " + System.getProperty("user.dir") + mark
                                : "heard " + line);
            }
            System.err.print("end of input");
            System.setProperty("echo.done", "true");
            System.exit(Integer.parseInt(args[0]));
        }
    }
}
