package org.sksync.transport.transfer;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** An executor whose tasks run when the test says so, on the test's thread. */
final class ManualExecutor implements Executor {

    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private boolean shut;

    @Override
    public void execute(Runnable task) {
        if (shut) {
            throw new RejectedExecutionException("shut");
        }
        waiting.add(task);
    }

    /** Refuses tasks from now on; those that wait may still run. */
    void shut() {
        shut = true;
    }

    int waiting() {
        return waiting.size();
    }

    /** Runs the first task that waits. */
    void step() {
        waiting.remove().run();
    }

    /** Runs what waits and what that adds; false if nothing waited. */
    boolean runAll() {
        boolean any = !waiting.isEmpty();
        while (!waiting.isEmpty()) {
            step();
        }
        return any;
    }
}
