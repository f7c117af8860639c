package org.sksync.server.transfer;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * The threads that all sessions share for what blocks, watched: work that takes too long is told once, and another
 * thread does the work of the others meanwhile, so that one dead disk does not stop those who use another. Safe on any
 * thread.
 */
public final class DiskThreads {

    /** How often the work is looked at in the time that it may take. */
    private static final int LOOKS = 4;

    /** Not longer, whatever the limit: another one may come into force. */
    private static final Duration LONGEST_PERIOD = Duration.ofSeconds(15);

    private static final String OWN_CODE = "org.sksync.";

    private final int threads;
    private final int maxMadeUp;
    private final LongSupplier nanoTime;
    private final ThreadPoolExecutor pool;
    private final Map<Thread, Work> running = new ConcurrentHashMap<>();
    private int stuck;

    private static final class Work {
        private final long limitNanos;
        private final Consumer<String> onStuck;
        private volatile long sinceNanos;
        private boolean told;

        Work(long limitNanos, Consumer<String> onStuck, long sinceNanos) {
            this.limitNanos = limitNanos;
            this.onStuck = onStuck;
            this.sinceNanos = sinceNanos;
        }
    }

    /**
     * Creates the threads as they are needed.
     *
     * @param threads how many work at a time
     * @param maxMadeUp how many more there may be for those whose work takes too long
     * @param nanoTime the time in nanoseconds, such as {@link System#nanoTime}
     */
    public DiskThreads(int threads, int maxMadeUp, LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.threads = threads;
        this.maxMadeUp = maxMadeUp;
        this.pool = new ThreadPoolExecutor(
                threads,
                threads + maxMadeUp,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                new DefaultThreadFactory("sksync-disk", true));
    }

    /** Returns how often {@link #look} is to be called where work may take {@code limit}. */
    public static Duration period(Duration limit) {
        Duration part = Duration.ofNanos(Math.max(1, limit.toNanos() / LOOKS));
        return part.compareTo(LONGEST_PERIOD) > 0 ? LONGEST_PERIOD : part;
    }

    /**
     * Returns an executor for one session.
     *
     * @param limit how long one piece of its work may take
     * @param onStuck told, once for each piece of work that takes too long, where in the program it is
     */
    Executor executor(Duration limit, Consumer<String> onStuck) {
        long limitNanos = limit.toNanos();
        return task -> pool.execute(() -> run(task, limitNanos, onStuck));
    }

    /** Takes note that the work of the calling thread gets on; its time begins anew. */
    void progress() {
        Work work = running.get(Thread.currentThread());
        if (work != null) {
            work.sinceNanos = nanoTime.getAsLong();
        }
    }

    /** Looks for work that takes too long. */
    public void look() {
        long nowNanos = nanoTime.getAsLong();
        running.forEach((thread, work) -> {
            if (nowNanos - work.sinceNanos >= work.limitNanos && becomesStuck(work)) {
                work.onStuck.accept(where(thread));
            }
        });
    }

    /** Takes no more work; what it has is still done. */
    public void shutdown() {
        pool.shutdown();
    }

    private void run(Runnable task, long limitNanos, Consumer<String> onStuck) {
        Work work = new Work(limitNanos, onStuck, nanoTime.getAsLong());
        running.put(Thread.currentThread(), work);
        try {
            task.run();
        } finally {
            running.remove(Thread.currentThread());
            isDone(work);
        }
    }

    private synchronized boolean becomesStuck(Work work) {
        if (work.told) {
            return false;
        }
        work.told = true;
        stuck++;
        makeUp();
        return true;
    }

    private synchronized void isDone(Work work) {
        if (work.told) {
            stuck--;
            makeUp();
        }
    }

    private void makeUp() {
        pool.setCorePoolSize(threads + Math.min(stuck, maxMadeUp));
    }

    private static String where(Thread thread) {
        StackTraceElement[] trace = thread.getStackTrace();
        return Arrays.stream(trace)
                .filter(frame -> frame.getClassName().startsWith(OWN_CODE))
                .findFirst()
                .map(frame -> frame.getClassName()
                                .substring(frame.getClassName().lastIndexOf('.') + 1) + "." + frame.getMethodName())
                .orElse("unknown work");
    }
}
