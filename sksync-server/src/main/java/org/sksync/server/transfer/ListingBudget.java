package org.sksync.server.transfer;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** How much memory all listings may take together, those of clients and those of own directories. Safe on any thread. */
public final class ListingBudget {

    private final LongSupplier totalBytes;
    private final AtomicLong usedBytes = new AtomicLong();

    /** Creates a budget of {@code totalBytes}, which may change; what was taken stays taken. */
    public ListingBudget(LongSupplier totalBytes) {
        this.totalBytes = totalBytes;
    }

    /** Begins a share without bytes. */
    Share share() {
        return new Share();
    }

    /** What one listing has of the budget. Safe on any thread. */
    final class Share implements AutoCloseable {

        private long takenBytes;
        private boolean closed;

        private Share() {}

        /** Takes {@code bytes}; false, and takes nothing, where they are not there, or the share was closed. */
        synchronized boolean take(long bytes) {
            if (closed || usedBytes.addAndGet(bytes) > totalBytes.getAsLong()) {
                if (!closed) {
                    usedBytes.addAndGet(-bytes);
                }
                return false;
            }
            takenBytes += bytes;
            return true;
        }

        /** Gives back what is more than {@code bytes}. */
        synchronized void shrinkTo(long bytes) {
            long less = takenBytes - bytes;
            if (less > 0) {
                takenBytes = bytes;
                usedBytes.addAndGet(-less);
            }
        }

        /** Returns how many bytes it has. */
        synchronized long bytes() {
            return takenBytes;
        }

        /** Gives all of it back; it takes nothing any more. */
        @Override
        public synchronized void close() {
            shrinkTo(0);
            closed = true;
        }
    }
}
