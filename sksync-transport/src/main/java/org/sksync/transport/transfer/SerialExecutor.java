package org.sksync.transport.transfer;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;
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
            pool.execute(() -> runTurn(task));
        } catch (RejectedExecutionException e) {
            running = false;
            throw e;
        }
    }

    private void runTurn(Runnable first) {
        long end = System.nanoTime() + turnNanos;
        run(first, () -> System.nanoTime() - end >= 0);
    }

    /** Runs a task and those that wait; hands over to the pool when the turn is over, or when one fails. */
    private void run(Runnable first, BooleanSupplier isOver) {
        Runnable task = first;
        while (task != null) {
            boolean handOver = true;
            try {
                task.run();
                handOver = isOver.getAsBoolean();
            } finally {
                if (handOver) {
                    next();
                }
            }
            task = handOver ? null : poll();
        }
    }

    private void next() {
        Runnable task = poll();
        if (task == null) {
            return;
        }
        try {
            pool.execute(() -> runTurn(task));
        } catch (RejectedExecutionException e) {
            // The pool has been shut down. What it had taken is still done: buffers go back, temp files are deleted.
            run(task, () -> false);
        }
    }

    private synchronized @Nullable Runnable poll() {
        Runnable task = waiting.poll();
        running = task != null;
        return task;
    }
}
