package org.sksync.files.store;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;

/**
 * Linux's program {@code sync}, which writes out a whole file system: the system call for that has no counterpart in Java.
 * To start it takes some milliseconds, whereas each of many files that are forced writes out by itself (docs/adr/0019).
 *
 * <p>One run at a time; who asks during one does without. After a run that could not be started, or took long because
 * others write a lot, there is none for a while.
 */
final class SyncProgram implements WholeDisk {
    private static final List<Path> PLACES = List.of(Path.of("/usr/bin/sync"), Path.of("/bin/sync"));
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration PAUSE = Duration.ofMinutes(1);

    private final Path program;
    private final Duration patience;
    private final LongSupplier nanoTime;
    private final AtomicBoolean running = new AtomicBoolean();
    private volatile long pauseEndsNanos;

    SyncProgram(Path program, Duration patience, LongSupplier nanoTime) {
        this.program = program;
        this.patience = patience;
        this.nanoTime = nanoTime;
        this.pauseEndsNanos = nanoTime.getAsLong();
    }

    /** Returns the program, where this system has it. */
    static Optional<WholeDisk> find() {
        if (!System.getProperty("os.name").equalsIgnoreCase("linux")) {
            return Optional.empty();
        }
        return PLACES.stream()
                .filter(Disk::isProgram)
                .findFirst()
                .map(found -> new SyncProgram(found, PATIENCE, System::nanoTime));
    }

    @Override
    public void writeOut(Path directory) {
        boolean pausing = nanoTime.getAsLong() - pauseEndsNanos < 0;
        if (pausing
                || !directory.getFileSystem().equals(FileSystems.getDefault())
                || !running.compareAndSet(false, true)) {
            return;
        }
        try {
            if (!run(directory)) {
                pauseEndsNanos = nanoTime.getAsLong() + PAUSE.toNanos();
            }
        } finally {
            running.set(false);
        }
    }

    /** Returns whether it is worth while to run it again soon. */
    private boolean run(Path directory) {
        ProcessBuilder sync = new ProcessBuilder(
                        program.toString(), "-f", directory.toAbsolutePath().toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        sync.environment().clear();
        try {
            // One that takes longer ends by itself.
            return sync.start().waitFor(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
