package org.sksync.transport.limit;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * How fast all connections that share it may send and receive, together. The rates may change while they do. Times are
 * nanoseconds of any one clock that does not go back. Thread-safe.
 */
public final class TrafficLimit {

    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Supplier<Rates> rates;
    private final Direction sent = new Direction();
    private final Direction received = new Direction();
    private long lookedNanos;
    private boolean looked;

    /** Creates a limit that looks at the rates once a second; on any thread that uses it. */
    public TrafficLimit(Supplier<Rates> rates) {
        this.rates = rates;
    }

    /** Returns the limit on what is sent. */
    public Direction sent() {
        return sent;
    }

    /** Returns the limit on what is received. */
    public Direction received() {
        return received;
    }

    private synchronized void look(long nowNanos) {
        if (!looked || nowNanos - lookedNanos >= LOOK_NANOS) {
            looked = true;
            lookedNanos = nowNanos;
            Rates now = rates.get();
            sent.rate(now.sent(), nowNanos);
            received.rate(now.received(), nowNanos);
        }
    }

    /** One way that bytes travel. */
    public final class Direction {

        /** A timer that fires more often costs more than it smooths. */
        private static final int PIECES_PER_SECOND = 40;

        private final TokenBucket bucket = new TokenBucket(0);
        private volatile OptionalLong now = OptionalLong.empty();

        private Direction() {}

        private void rate(OptionalLong bytesPerSecond, long nowNanos) {
            now = bytesPerSecond;
            bucket.rate(bytesPerSecond, nowNanos);
        }

        /** Returns the rate at that moment, in bytes a second; empty for no limit. */
        public OptionalLong rate(long nowNanos) {
            look(nowNanos);
            return now;
        }

        /** Takes as many bytes as may travel now, at the most {@code wanted}, and returns how many. */
        public long take(long wanted, long nowNanos) {
            look(nowNanos);
            return bucket.take(wanted, nowNanos);
        }

        /** Takes note of bytes that have travelled already. */
        public void travelled(long bytes, long nowNanos) {
            look(nowNanos);
            bucket.overdraw(bytes, nowNanos);
        }

        /** Returns whether no byte may travel now. */
        public boolean isExhausted(long nowNanos) {
            look(nowNanos);
            return bucket.waitNanos(1, nowNanos) > 0;
        }

        /** Returns in how many nanoseconds a piece of a good size may travel; 0 for now. */
        public long waitNanos(long nowNanos) {
            OptionalLong rate = rate(nowNanos);
            return rate.isEmpty() ? 0 : bucket.waitNanos(Math.max(1, rate.getAsLong() / PIECES_PER_SECOND), nowNanos);
        }
    }
}
