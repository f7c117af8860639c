package org.sksync.cli.command;

import java.util.function.Supplier;

/**
 * Ctrl-C and SIGTERM while a sync runs: the sync is interrupted, and the process lives until it has cleaned up, for at
 * most five seconds. At any other time they end the process at once.
 */
final class Interruption implements AutoCloseable {

    private static final long CLEAN_UP_MILLIS = 5_000;

    private final Thread command = Thread.currentThread();
    private final Thread hook = new Thread(this::interruptAndWait, "sksync-signal");
    private boolean running;
    private boolean signalled;
    private boolean over;

    private Interruption() {}

    /** Listens to signals for the current thread from now on. */
    static Interruption ofThisThread() {
        Interruption interruption = new Interruption();
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** Runs a sync, with all that it says at its end; a signal interrupts it, and after one none is begun. */
    ExitCode whileRunning(Supplier<ExitCode> sync) {
        if (!begin()) {
            return ExitCode.INTERRUPTED;
        }
        try {
            return sync.get();
        } finally {
            end();
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            over();
        } catch (IllegalStateException e) {
            // The process is being ended already, and the hook does its part.
            return;
        }
    }

    /** Waits, where a signal ends the process, until the sync has cleaned up, or had its time to. Any thread. */
    synchronized void awaitEnd() throws InterruptedException {
        while (!over) {
            wait();
        }
    }

    private synchronized void over() {
        over = true;
        notifyAll();
    }

    private synchronized boolean begin() {
        running = !signalled;
        return running;
    }

    private synchronized void end() {
        running = false;
        notifyAll();
    }

    private synchronized void interruptAndWait() {
        signalled = true;
        long endNanos = System.nanoTime() + CLEAN_UP_MILLIS * 1_000_000;
        if (running) {
            command.interrupt();
        }
        try {
            long left = CLEAN_UP_MILLIS;
            while (running && left > 0) {
                wait(left);
                left = (endNanos - System.nanoTime()) / 1_000_000;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            over();
        }
    }
}
