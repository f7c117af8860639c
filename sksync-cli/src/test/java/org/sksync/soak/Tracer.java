package org.sksync.soak;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code strace} on a running program, told to kill it at one step. */
final class Tracer implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final Process strace;
    private final long pid;

    private Tracer(Process strace, long pid) {
        this.strace = strace;
        this.pid = pid;
    }

    /** Tells whether this machine has it. */
    static boolean isAvailable() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, "strace")));
    }

    /** Attaches to every thread of a program, and to those that are yet to come; returns when it is attached. */
    static Tracer attach(long pid, Step step) {
        // A question mark passes over a name that this machine's kernel does not have.
        String calls =
                Stream.of(step.calls().split(",", -1)).map(name -> "?" + name).collect(Collectors.joining(","));
        try {
            Process strace = new ProcessBuilder(List.of(
                            "strace",
                            "-f",
                            "-o",
                            "/dev/null",
                            "-e",
                            "trace=" + calls,
                            "-e",
                            "inject=" + calls + ":signal=KILL:when=" + step.nth(),
                            "-p",
                            Long.toString(pid)))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Tracer tracer = new Tracer(strace, pid);
            await().atMost(LIMIT)
                    .until(() -> tracer.isDead() || tracersOf(pid).equals(Set.of(Long.toString(strace.pid()))));
            return tracer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns who traces the threads of a program; 0 is nobody. */
    private static Set<String> tracersOf(long pid) throws IOException {
        Set<String> tracers = new HashSet<>();
        try (Stream<Path> threads = Files.list(Path.of("/proc", Long.toString(pid), "task"))) {
            for (Path thread : threads.toList()) {
                Files.readAllLines(thread.resolve("status")).stream()
                        .filter(line -> line.startsWith("TracerPid:"))
                        .map(line -> line.replaceAll("\\D", ""))
                        .forEach(tracers::add);
            }
        } catch (NoSuchFileException e) {
            // A thread has just ended; the others are looked at again.
            tracers.add("unknown");
        }
        return tracers;
    }

    /** Tells whether the program is gone; it is given a moment, since the signal takes one. */
    boolean hasKilled() throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isDead() && System.nanoTime() < end) {
            strace.waitFor(20, TimeUnit.MILLISECONDS);
        }
        return isDead();
    }

    /** A dead program can go on as a zombie for as long as it is traced. */
    private boolean isDead() throws IOException {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
                    .anyMatch(line -> line.matches("State:\\s+[ZX].*"));
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    /** Lets go of the program if there still is one. */
    @Override
    public void close() {
        strace.destroy();
        // Where it waits for a thread that is no more it does not hear.
        strace.onExit()
                .completeOnTimeout(strace, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        strace.destroyForcibly().onExit().join();
    }
}
