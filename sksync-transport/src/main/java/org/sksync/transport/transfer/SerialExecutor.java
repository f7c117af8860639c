package org.sksync.transport.transfer;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs its tasks one after the other, in order, on whatever thread of a shared pool is free. Safe on any thread; what a
 * task throws reaches the pool's thread and does not keep the next one from running.
 */
public final class SerialExecutor implements Executor {

    private final Executor pool;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private @Nullable Runnable running;

    /** Creates one that runs on {@code pool}. */
    public SerialExecutor(Executor pool) {
        this.pool = pool;
    }

    @Override
    public synchronized void execute(Runnable task) {
        waiting.add(task);
        if (running == null) {
            next();
        }
    }

    private void runThenNext(Runnable task) {
        try {
            task.run();
        } finally {
            next();
        }
    }

    private synchronized void next() {
        Runnable task = waiting.poll();
        running = task;
        if (task != null) {
            pool.execute(() -> runThenNext(task));
        }
    }
}
