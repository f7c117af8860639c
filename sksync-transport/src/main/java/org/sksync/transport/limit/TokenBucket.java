package org.sksync.transport.limit;

import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * How many bytes may travel: as many as have run into the bucket at its rate, and no more than it holds at a time. Whoever
 * can't tell beforehand how many there will be may overdraw it, and waits until it is filled again. Times are nanoseconds
 * of any one clock that does not go back. Thread-safe.
 */
final class TokenBucket {

    /** What it holds, in parts of what a second brings: so much goes at once after a pause. */
    private static final int PARTS_OF_A_SECOND = 10;
    /** Less would be cut into pieces that cost more than they carry. */
    private static final long LEAST_BYTES = 1024;

    private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

    private OptionalLong rate = OptionalLong.empty();
    private double bytes;
    private long filledNanos;

    /** Begins with a full bucket without a limit. */
    TokenBucket(long nowNanos) {
        filledNanos = nowNanos;
    }

    /** Fills it at another rate from now on; empty for no limit. */
    synchronized void rate(OptionalLong bytesPerSecond, long nowNanos) {
        if (bytesPerSecond.equals(rate)) {
            return;
        }
        fill(nowNanos);
        rate = bytesPerSecond;
        // What was owed at another rate would take too long, or too short, at this one.
        bytes = rate.isEmpty() ? 0.0 : capacity(rate.getAsLong());
    }

    /** Takes as many bytes as there are, at the most {@code wanted}, and returns how many. */
    synchronized long take(long wanted, long nowNanos) {
        if (rate.isEmpty()) {
            return wanted;
        }
        fill(nowNanos);
        long taken = Math.max(0, Math.min(wanted, (long) bytes));
        bytes -= (double) taken;
        return taken;
    }

    /** Takes so many bytes, though they are not there. */
    synchronized void overdraw(long taken, long nowNanos) {
        if (rate.isPresent()) {
            fill(nowNanos);
            bytes -= (double) taken;
        }
    }

    /** Returns in how many nanoseconds so many bytes will be there, or as many as it holds; 0 for now. */
    synchronized long waitNanos(long wanted, long nowNanos) {
        if (rate.isEmpty()) {
            return 0;
        }
        fill(nowNanos);
        double missing = Math.min((double) wanted, capacity(rate.getAsLong())) - bytes;
        return missing <= 0 ? 0 : (long) Math.ceil(missing * NANOS_PER_SECOND / (double) rate.getAsLong());
    }

    private void fill(long nowNanos) {
        long since = Math.max(0, nowNanos - filledNanos);
        filledNanos = nowNanos;
        if (rate.isPresent()) {
            bytes = Math.min(capacity(rate.getAsLong()), bytes + since / NANOS_PER_SECOND * (double) rate.getAsLong());
        }
    }

    private static double capacity(long rate) {
        return Math.max(LEAST_BYTES, (double) rate / PARTS_OF_A_SECOND);
    }
}
