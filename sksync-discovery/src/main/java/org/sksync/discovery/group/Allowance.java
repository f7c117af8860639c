package org.sksync.discovery.group;

import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * How much may be read and answered in a second, so that no flood takes more than that of this machine or makes it
 * flood another. It holds at most as many addresses as answers are allowed. Used by one thread.
 */
public final class Allowance {

    /** Datagrams that are read in a second; what comes beyond waits in the socket, or is dropped by the system. */
    static final int READS = 1000;
    /** Answers in a second. */
    static final int ANSWERS = 10;
    /** Of these to one address. */
    static final int ANSWERS_TO_ONE = 2;

    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long MILLI_NANOS = 1_000_000L;

    private final LongSupplier nanoTime;
    private final Map<InetAddress, Integer> answers = new HashMap<>();
    private long begun;
    private int reads;
    private int answered;

    /**
     * Creates an allowance.
     *
     * @param nanoTime as {@link System#nanoTime}
     */
    public Allowance(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.begun = nanoTime.getAsLong();
    }

    /** Takes one datagram of this second's; false if none is left. */
    boolean takeRead() {
        renew();
        if (reads == READS) {
            return false;
        }
        reads++;
        return true;
    }

    /** Takes one answer of this second's; false if none is left for all, or for this address. */
    boolean takeAnswer(InetAddress to) {
        renew();
        int toOne = answers.getOrDefault(to, 0);
        if (answered == ANSWERS || toOne == ANSWERS_TO_ONE) {
            return false;
        }
        answered++;
        answers.put(to, toOne + 1);
        return true;
    }

    /** Returns 0 if a datagram may be read, and otherwise how many milliseconds to wait for that; 1..1000. */
    long millisToRead() {
        renew();
        return reads < READS ? 0 : 1 + (SECOND_NANOS - (nanoTime.getAsLong() - begun)) / MILLI_NANOS;
    }

    private void renew() {
        long now = nanoTime.getAsLong();
        if (now - begun >= SECOND_NANOS) {
            begun = now;
            reads = 0;
            answered = 0;
            answers.clear();
        }
    }
}
