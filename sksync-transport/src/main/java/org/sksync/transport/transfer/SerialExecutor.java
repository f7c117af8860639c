package org.sksync.transport.transfer;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Runs its tasks one after the other, in order, on whatever thread of a shared pool is free. It keeps a thread for a few
 * milliseconds as long as there is something to do, then lets others have it. Safe on any thread; what a task throws
 * reaches the pool's thread and does not keep the next one from running.
 */
public final class SerialExecutor implements Executor {

    /** To hand each small task to the pool costs more than the task; to keep the thread for long is unfair. */
    private static final long TURN_NANOS = 5_000_000;

    private final Executor pool;
    private final long turnNanos;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean running;

    /** Creates one that runs on {@code pool}. */
    public SerialExecutor(Executor pool) {
        this(pool, TURN_NANOS);
    }

    /** Creates one that begins no further task on a thread after {@code turnNanos}. */
    SerialExecutor(Executor pool, long turnNanos) {
        this.pool = pool;
        this.turnNanos = turnNanos;
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

    private void runThenNext(Runnable first) {
        long end = System.nanoTime() + turnNanos;
        Runnable task = first;
        while (true) {
            boolean done = false;
            try {
                task.run();
                done = true;
            } finally {
                if (!done) {
                    next();
                }
            }
            if (System.nanoTime() - end >= 0) {
                next();
                return;
            }
            Runnable following = poll();
            if (following == null) {
                return;
            }
            task = following;
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
