package org.sksync.transport.transfer;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * One session's blocking work in four stages, each in order and all at the same time: while one file is put in its
 * place, the next one is sealed, the one after it written, and what is long is digested beside that. What a stage hands to the next one comes
 * there in order.
 */
public final class SessionWork {

    private final DiskWork digests;
    private final DiskWork files;
    private final DiskWork seals;
    private final DiskWork commits;

    /**
     * Creates the stages.
     *
     * @param serial makes executors that run one task after the other, on any threads
     * @param owner the session's owner thread
     * @param onFailure told on the owner thread what work, or the taker of its result, has thrown
     */
    public SessionWork(Supplier<Executor> serial, Executor owner, Consumer<Throwable> onFailure) {
        this.digests = new DiskWork(serial.get(), owner, onFailure);
        this.files = new DiskWork(serial.get(), owner, onFailure);
        this.seals = new DiskWork(serial.get(), owner, onFailure);
        this.commits = new DiskWork(serial.get(), owner, onFailure);
    }

    /** Returns the stage that makes checksums of what is long. */
    DiskWork digests() {
        return digests;
    }

    /** Returns the stage that lists, reads and writes. */
    public DiskWork files() {
        return files;
    }

    /** Returns the stage that gives files their times and forces them to the disk. */
    DiskWork seals() {
        return seals;
    }

    /** Returns the stage that puts files in their places, and makes that durable. */
    public DiskWork commits() {
        return commits;
    }

    /** Runs the last piece of work when all stages are through, here where the shared pool takes no more. */
    public void runLast(Runnable work) {
        digests.runLast(() -> files.runLast(() -> seals.runLast(() -> commits.runLast(work))));
    }
}
