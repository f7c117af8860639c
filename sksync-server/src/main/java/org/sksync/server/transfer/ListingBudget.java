package org.sksync.server.transfer;

import java.util.concurrent.atomic.AtomicLong;

/** How much memory the listings of all clients may take together. Safe on any thread. */
public final class ListingBudget {

    private final long totalBytes;
    private final AtomicLong usedBytes = new AtomicLong();

    /** Creates a budget of {@code totalBytes}. */
    public ListingBudget(long totalBytes) {
        this.totalBytes = totalBytes;
    }

    /** Takes {@code bytes}; false, and takes nothing, where they are not there. */
    boolean reserve(long bytes) {
        if (usedBytes.addAndGet(bytes) > totalBytes) {
            usedBytes.addAndGet(-bytes);
            return false;
        }
        return true;
    }

    /** Gives {@code bytes} back. */
    void release(long bytes) {
        usedBytes.addAndGet(-bytes);
    }
}
