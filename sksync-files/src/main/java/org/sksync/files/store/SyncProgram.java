package org.sksync.files.store;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Linux's program {@code sync}, which forces a whole file system: the system call for that has no counterpart in Java.
 * To start it takes some milliseconds, whereas forcing a hundred files one by one takes ten and more (docs/adr/0018).
 *
 * <p>Those who ask while one run is under way share the next one.
 */
final class SyncProgram implements WholeDisk {
    private static final List<Path> PLACES = List.of(Path.of("/usr/bin/sync"), Path.of("/bin/sync"));

    private final Path program;
    private final Map<Object, Runs> runs = new ConcurrentHashMap<>();
    private volatile boolean usable = true;

    SyncProgram(Path program) {
        this.program = program;
    }

    /** Returns the program, where this system has it. */
    static Optional<WholeDisk> find() {
        if (!System.getProperty("os.name").equalsIgnoreCase("linux")) {
            return Optional.empty();
        }
        return PLACES.stream().filter(Disk::isProgram).findFirst().map(SyncProgram::new);
    }

    @Override
    public boolean force(Path directory) {
        if (!usable || !directory.getFileSystem().equals(FileSystems.getDefault())) {
            return false;
        }
        try {
            Object disk = Disk.deviceOf(directory);
            return runs.computeIfAbsent(disk, none -> new Runs()).awaitOne(() -> run(directory));
        } catch (IOException e) {
            return false;
        }
    }

    private boolean run(Path directory) {
        ProcessBuilder sync = new ProcessBuilder(
                        program.toString(), "-f", directory.toAbsolutePath().toString())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        sync.environment().clear();
        try {
            Process process = sync.start();
            process.getOutputStream().close();
            return exitCode(process) == 0;
        } catch (IOException e) {
            // It can't be started here, as in a sandbox; that is not tried for each group of files.
            usable = false;
            return false;
        }
    }

    /** The end of a call into the disk is waited for, as for any other. */
    private static int exitCode(Process process) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return process.waitFor();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** What is done. */
    @FunctionalInterface
    interface Run {
        boolean succeeds();
    }

    /** The runs for one disk, one at a time. A run serves those who asked before it began. */
    static final class Runs {
        private long begun;
        private long ended;
        private long failed;
        private int waiting;
        private boolean running;

        /** Returns what a run came to that began after this call. */
        boolean awaitOne(Run run) {
            long mine;
            synchronized (this) {
                long needed = begun + 1;
                awaitTurn(needed);
                if (ended >= needed) {
                    return failed < needed;
                }
                running = true;
                mine = ++begun;
            }
            boolean success = false;
            try {
                success = run.succeeds();
                return success;
            } finally {
                end(mine, success);
            }
        }

        /** Waits until a run ended that began late enough, or none is under way. */
        private void awaitTurn(long needed) {
            boolean interrupted = false;
            waiting++;
            while (running && ended < needed) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            waiting--;
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        /** Returns how many wait for a run that is not theirs. */
        synchronized int waiting() {
            return waiting;
        }

        private synchronized void end(long which, boolean success) {
            running = false;
            ended = which;
            if (!success) {
                // What it could not write a later run may take for written.
                failed = which;
            }
            notifyAll();
        }
    }
}
