package org.sksync.transport.transfer;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs its tasks one after the other, in order, on whatever thread of a shared pool is free. Safe on any thread; what a
 * task throws reaches the pool's thread and does not keep the next one from running.
 */
public final class SerialExecutor implements Executor {

    private final Executor pool;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    /** Creates one that runs on {@code pool}. */
    public SerialExecutor(Executor pool) {
        this.pool = pool;
    }

    @Override
    public synchronized void execute(Runnable task) {
        if (running) {
            waiting.add(task);
            return;
        }
        running = true;
        try {
            pool.execute(() -> runThenNext(task));
        } catch (RejectedExecutionException e) {
            running = false;
            throw e;
        }
    }

    private void runThenNext(Runnable task) {
        try {
            task.run();
        } finally {
            next();
        }
    }

    private void next() {
        Runnable task = poll();
        if (task == null) {
            return;
        }
        try {
            pool.execute(() -> runThenNext(task));
        } catch (RejectedExecutionException e) {
            // The pool has been shut down. What it had taken is still done: buffers go back, temp files are deleted.
            runHere(task);
        }
    }

    private void runHere(Runnable first) {
        Runnable task = first;
        while (task != null) {
            boolean done = false;
            try {
                task.run();
                done = true;
            } finally {
                if (!done) {
                    next();
                }
            }
            task = poll();
        }
    }

    private synchronized @Nullable Runnable poll() {
        Runnable task = waiting.poll();
        running = task != null;
        return task;
    }
}
