package org.sksync.transport.transfer;

import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** One session's blocking work, done in order off the owner thread, its results handed back to it. */
public final class DiskWork {

    private final Executor serial;
    private final Executor owner;
    private final Consumer<Throwable> onFailure;

    /**
     * Creates one.
     *
     * @param serial runs one task after the other, on any threads
     * @param owner the session's owner thread
     * @param onFailure told on the owner thread what work, or the taker of its result, has thrown
     */
    public DiskWork(Executor serial, Executor owner, Consumer<Throwable> onFailure) {
        this.serial = serial;
        this.owner = owner;
        this.onFailure = onFailure;
    }

    /**
     * Runs {@code work}, then {@code then} with its result on the owner thread; what either throws goes to
     * {@code onFailure}.
     */
    public <T> void run(Callable<T> work, Consumer<T> then) {
        execute(() -> {
            T result = work.call();
            tell(() -> then.accept(result));
            return null;
        });
    }

    /** Runs {@code work} and tells nobody, unless it throws. */
    public void run(Task work) {
        execute(() -> {
            work.run();
            return null;
        });
    }

    /** Runs the last piece of work, here where the shared pool takes no more. */
    public void runLast(Runnable work) {
        try {
            serial.execute(work);
        } catch (RejectedExecutionException e) {
            work.run();
        }
    }

    private void execute(Callable<?> work) {
        try {
            serial.execute(() -> {
                try {
                    work.call();
                } catch (Exception | Error e) {
                    backToOwner(() -> onFailure.accept(e));
                }
            });
        } catch (RejectedExecutionException e) {
            backToOwner(() -> onFailure.accept(e));
        }
    }

    /** Runs {@code news} on the owner thread; what it throws goes to {@code onFailure}. Any thread. */
    void tell(Runnable news) {
        backToOwner(() -> {
            try {
                news.run();
            } catch (RuntimeException | Error e) {
                onFailure.accept(e);
            }
        });
    }

    private void backToOwner(Runnable task) {
        try {
            owner.execute(task);
        } catch (RejectedExecutionException e) {
            // The owner thread has ended with the whole program; there is nobody left to tell.
            return;
        }
    }

    /** Work without a result. */
    @FunctionalInterface
    public interface Task {
        /** Does the work. */
        void run() throws Exception;
    }
}
