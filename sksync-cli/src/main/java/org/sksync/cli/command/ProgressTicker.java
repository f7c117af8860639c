package org.sksync.cli.command;

/** Shows something again and again, on a thread of its own, until it is closed; nothing is shown after that. */
final class ProgressTicker implements AutoCloseable {

    private static final long NANOS_OF_MILLI = 1_000_000;

    private final Runnable show;
    private final long firstMillis;
    private final long everyMillis;
    private boolean closed;

    private ProgressTicker(Runnable show, long firstMillis, long everyMillis) {
        this.show = show;
        this.firstMillis = firstMillis;
        this.everyMillis = everyMillis;
    }

    /** Begins; the first time comes after {@code firstMillis}. */
    static ProgressTicker start(Runnable show, long firstMillis, long everyMillis) {
        ProgressTicker ticker = new ProgressTicker(show, firstMillis, everyMillis);
        Thread thread = new Thread(ticker::run, "sksync-progress");
        thread.setDaemon(true);
        thread.start();
        return ticker;
    }

    private synchronized void run() {
        try {
            pause(firstMillis);
            while (!closed) {
                show.run();
                pause(everyMillis);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause(long millis) throws InterruptedException {
        long endNanos = System.nanoTime() + millis * NANOS_OF_MILLI;
        long left = millis;
        while (!closed && left > 0) {
            wait(left);
            left = (endNanos - System.nanoTime()) / NANOS_OF_MILLI;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
