package org.sksync.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Program in a jar that runs as a child process. Ends with the test: {@link #close} kills it and what it started.
 *
 * <p>Runs on the Java of this process, in a UTF-8 locale, without the options that the environment has for other Java
 * programs. Every wait is bounded, and a wait that fails says what the program had written. Thread-safe.
 */
public final class JavaProgram implements AutoCloseable {
    private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

    private final Process process;
    private final String command;
    private final Output out;
    private final Output err;

    private JavaProgram(Process process, String command) {
        this.process = process;
        this.command = command;
        this.out = new Output("stdout", process.getInputStream());
        this.err = new Output("stderr", process.getErrorStream());
    }

    /** Output of a program. */
    public enum Stream {
        /** Standard output. */
        OUT,
        /** Standard error. */
        ERR
    }

    /** Describes a run of a jar: {@code java -jar JAR}. */
    public static Launch jar(Path jar) {
        return new Launch(List.of("-jar", jar.toString()));
    }

    /** Describes a run of a class on this process's class path. */
    public static Launch mainClass(String name) {
        return new Launch(List.of("-cp", System.getProperty("java.class.path"), name));
    }

    /** Returns the process id. */
    public long pid() {
        return process.pid();
    }

    /** Returns the lines written so far; the last may not be complete. */
    public List<String> lines(Stream stream) {
        return output(stream).lines();
    }

    /** Returns what was written so far, its lines joined by line feeds. */
    public String text(Stream stream) {
        return String.join("\n", lines(stream));
    }

    /**
     * Waits for a complete line in which the expression is found, from the start of the output on.
     *
     * @return the first match, with its groups
     * @throws AssertionError if none comes in time or before the output ends
     */
    public MatchResult awaitLine(Stream stream, String regex, Duration limit) {
        Pattern pattern = Pattern.compile(regex);
        return output(stream)
                .await(pattern, limit)
                .orElseThrow(() -> new AssertionError(
                        state("no line with /" + regex + "/ on " + output(stream).name + " within " + limit)));
    }

    /**
     * Writes to the program's standard input, in UTF-8.
     *
     * @throws IOException if it no longer reads
     */
    public void type(String text) throws IOException {
        OutputStream in = process.getOutputStream();
        in.write(text.getBytes(UTF_8));
        in.flush();
    }

    /**
     * Ends the program's standard input.
     *
     * @throws IOException if that fails
     */
    public void endInput() throws IOException {
        process.getOutputStream().close();
    }

    /**
     * Waits for the program's end and for the end of its output.
     *
     * @throws AssertionError if it still runs when the time is over
     */
    public int exitCode(Duration limit) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            if (!process.waitFor(limit.toNanos(), NANOSECONDS)) {
                throw new AssertionError(state("still running after " + limit));
            }
            out.awaitEnd(end);
            err.awaitEnd(end);
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(state("interrupted while it ran"), e);
        }
    }

    /** Tells whether the program runs. */
    public boolean isRunning() {
        return process.isAlive();
    }

    /** Asks the program to end (SIGTERM; on Windows there is no asking) and returns at once. */
    public void terminate() {
        // The process itself would also close its outputs, and its last words would be lost.
        process.toHandle().destroy();
    }

    /** Ends the program without asking (SIGKILL) and returns at once. */
    public void kill() {
        process.toHandle().destroyForcibly();
    }

    /** Kills the program and what it started, and waits for the program's end. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroyForcibly();
        exitCode(KILL_LIMIT);
    }

    @Override
    public String toString() {
        return command;
    }

    private Output output(Stream stream) {
        return stream == Stream.OUT ? out : err;
    }

    private String state(String problem) {
        String now = process.isAlive() ? "running" : "ended with " + process.exitValue();
        return String.join(
                System.lineSeparator(),
                problem,
                "  " + command + " (" + now + ")",
                "  stdout: " + text(Stream.OUT),
                "  stderr: " + text(Stream.ERR));
    }

    /** Settings of a run. Not thread-safe; each can start many programs. */
    public static final class Launch {
        private final List<String> program;
        private final List<String> vmArguments = new ArrayList<>();
        private final List<String> arguments = new ArrayList<>();
        private final Map<String, String> environment = new LinkedHashMap<>(Map.of("LC_ALL", "C.UTF-8"));
        private @Nullable Path directory;
        private @Nullable String input;

        private Launch(List<String> program) {
            this.program = program;
        }

        /** Adds arguments for the virtual machine, such as {@code -Xmx64m}. */
        public Launch vmArgs(String... more) {
            vmArguments.addAll(List.of(more));
            return this;
        }

        /** Adds arguments for the program. */
        public Launch args(String... more) {
            arguments.addAll(List.of(more));
            return this;
        }

        /** Sets the working directory, in place of this process's. */
        public Launch directory(Path newDirectory) {
            directory = newDirectory;
            return this;
        }

        /** Sets an environment variable. */
        public Launch environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** Sets the whole of standard input, which then ends. Without it, standard input stays open. */
        public Launch stdin(String text) {
            input = text;
            return this;
        }

        /**
         * Starts the program.
         *
         * @throws IOException if no process can be made
         */
        public JavaProgram start() throws IOException {
            List<String> command = new ArrayList<>();
            command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
            command.addAll(vmArguments);
            command.addAll(program);
            command.addAll(arguments);
            ProcessBuilder builder = new ProcessBuilder(command);
            if (directory != null) {
                builder.directory(directory.toFile());
            }
            // The JVM announces these on standard error, where the tests look for the program's words.
            builder.environment().remove("JAVA_TOOL_OPTIONS");
            builder.environment().remove("JDK_JAVA_OPTIONS");
            builder.environment().remove("_JAVA_OPTIONS");
            builder.environment().putAll(environment);
            JavaProgram started = new JavaProgram(builder.start(), String.join(" ", command));
            if (input != null) {
                started.feed(input);
            }
            return started;
        }
    }

    private void feed(String text) {
        Thread feeder = new Thread(
                () -> {
                    try {
                        type(text);
                        endInput();
                    } catch (IOException e) {
                        // A program may end, or close its input, without reading all of it.
                        return;
                    }
                },
                "stdin of " + process.pid());
        feeder.setDaemon(true);
        feeder.start();
    }

    /** Lines of one output, taken by a thread of its own so that the program never waits for the test. */
    private static final class Output {
        private final String name;
        private final List<String> complete = new ArrayList<>();
        private final StringBuilder rest = new StringBuilder();
        private final Thread reader;
        private boolean ended;

        Output(String name, InputStream in) {
            this.name = name;
            this.reader = new Thread(() -> read(in), name + " of a child");
            reader.setDaemon(true);
            reader.start();
        }

        private void read(InputStream in) {
            try (BufferedReader text = new BufferedReader(new InputStreamReader(in, UTF_8))) {
                for (int c = text.read(); c >= 0; c = text.read()) {
                    add((char) c);
                }
            } catch (IOException e) {
                // The process was killed while its output was read: what came is all there is.
                end();
                return;
            }
            end();
        }

        private synchronized void add(char c) {
            if (c == '\n') {
                complete.add(rest.toString());
                rest.setLength(0);
                notifyAll();
            } else {
                rest.append(c);
            }
        }

        private synchronized void end() {
            if (rest.length() > 0) {
                add('\n');
            }
            ended = true;
            notifyAll();
        }

        synchronized List<String> lines() {
            List<String> lines = new ArrayList<>(complete);
            if (rest.length() > 0) {
                lines.add(rest.toString());
            }
            return lines;
        }

        Optional<MatchResult> await(Pattern pattern, Duration limit) {
            AtomicInteger next = new AtomicInteger();
            return await(System.nanoTime() + limit.toNanos(), () -> {
                while (next.get() < complete.size()) {
                    Matcher matcher = pattern.matcher(complete.get(next.getAndIncrement()));
                    if (matcher.find()) {
                        return Optional.of(matcher.toMatchResult());
                    }
                }
                return Optional.empty();
            });
        }

        void awaitEnd(long endNanos) {
            await(endNanos, Optional::empty);
        }

        /** Searches after each piece of news, until something is found, the output ends or the time is over. */
        private synchronized <T> Optional<T> await(long endNanos, Supplier<Optional<T>> search) {
            Optional<T> found = search.get();
            try {
                long left = endNanos - System.nanoTime();
                while (found.isEmpty() && !ended && left > 0) {
                    wait(NANOSECONDS.toMillis(left) + 1);
                    found = search.get();
                    left = endNanos - System.nanoTime();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return found;
        }
    }
}
