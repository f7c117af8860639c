package org.sksync.soak;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.sksync.testkit.load.LoadConnection;

/** What the figures have in common. */
final class Load {
    private Load() {}

    /** Waits until all connections are closed, or the time is over. */
    static void awaitClosed(List<LoadConnection> connections, Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (System.nanoTime() < end && !connections.stream().allMatch(LoadConnection::isClosed)) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
    }

    /** Tells whether a daemon's words speak of a fault of its own, exhausted memory or a leak. */
    static boolean hasFault(String words) {
        return words.contains("a fault in this program")
                || words.contains("OutOfMemory")
                || words.contains("OutOfDirectMemory")
                || words.contains("LEAK:");
    }
}
