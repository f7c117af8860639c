package org.sksync.files.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The forcing of several files to the disk at the same time: a disk with a journal makes what is asked for together
 * durable in one go, so that many take little longer than one. All the stores of a process may share one. Thread-safe.
 */
public final class Forcing implements AutoCloseable {
    /** Forces one file after the other, on the thread that asks. */
    public static final Forcing IN_TURN = new Forcing(Optional.empty(), 1, Optional.empty());

    private static final long IDLE_SECONDS = 10;

    private final Optional<ExecutorService> helpers;
    private final int atOnce;
    private final Optional<WholeDisk> wholeDisk;

    private Forcing(Optional<ExecutorService> helpers, int atOnce, Optional<WholeDisk> wholeDisk) {
        this.helpers = helpers;
        this.atOnce = atOnce;
        this.wholeDisk = wholeDisk;
    }

    /**
     * Creates one with threads of its own, which come and go as they are needed. Where this system can write a whole disk
     * out at a stroke, it does that first for many files.
     *
     * @param atOnce how many files are forced at the same time, over all that ask, beside those that ask; at least 1
     */
    public static Forcing withThreads(int atOnce, ThreadFactory threads) {
        return new Forcing(
                Optional.of(new ThreadPoolExecutor(
                        0, atOnce, IDLE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), threads)),
                atOnce,
                SyncProgram.find());
    }

    /** Creates one without threads that has {@code wholeDisk} write many files out before it forces them. */
    static Forcing by(WholeDisk wholeDisk) {
        return new Forcing(Optional.empty(), 1, Optional.of(wholeDisk));
    }

    /** Returns what writes many files out at a stroke, where there is such a thing. */
    Optional<WholeDisk> wholeDisk() {
        return wholeDisk;
    }

    /** Forces files, and returns what went wrong with each, in their order. */
    List<Optional<IOException>> force(List<FileChannel> files) {
        Round round = new Round(files);
        helpers.ifPresent(threads -> {
            for (int i = 1; i < Math.min(atOnce, files.size()); i++) {
                try {
                    threads.execute(round::work);
                } catch (RejectedExecutionException e) {
                    // All are busy, so the one that asks does the rest itself.
                    return;
                }
            }
        });
        round.work();
        return round.outcome();
    }

    /** Ends the threads when they are idle; those that ask force by themselves from now on. */
    @Override
    public void close() {
        helpers.ifPresent(ExecutorService::shutdown);
    }

    /** One call: whoever is free takes the next file. */
    private static final class Round {
        private final List<FileChannel> files;
        private final AtomicInteger next = new AtomicInteger();
        private final AtomicReferenceArray<IOException> failures;
        private final CountDownLatch left;

        Round(List<FileChannel> files) {
            this.files = files;
            this.failures = new AtomicReferenceArray<>(files.size());
            this.left = new CountDownLatch(files.size());
        }

        void work() {
            for (int i = next.getAndIncrement(); i < files.size(); i = next.getAndIncrement()) {
                try {
                    files.get(i).force(true);
                } catch (IOException e) {
                    failures.set(i, e);
                } catch (RuntimeException | Error e) {
                    // Whatever it is, the file is not forced.
                    failures.set(i, new IOException("the file can't be made durable", e));
                } finally {
                    left.countDown();
                }
            }
        }

        List<Optional<IOException>> outcome() {
            awaitUninterruptibly();
            List<Optional<IOException>> outcome = new ArrayList<>(files.size());
            for (int i = 0; i < files.size(); i++) {
                outcome.add(Optional.ofNullable(failures.get(i)));
            }
            return outcome;
        }

        /** What is left are single calls into the disk, which nothing interrupts. */
        private void awaitUninterruptibly() {
            boolean interrupted = false;
            while (true) {
                try {
                    left.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
