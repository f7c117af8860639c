package org.sksync.server.config;

import java.time.Duration;
import org.sksync.protocol.codec.CodecLimits;

/**
 * How much one session may take.
 *
 * @param codec how long lines and files may be
 * @param maxListedFiles how many names a client may list
 * @param tlsTimeout how long a TLS handshake may take
 * @param openingTimeout how long a client may take from then, or from the connect, until its greeting is accepted
 * @param listingTimeout how long a client may be silent while it lists, since it may have to scan first
 * @param idleTimeout how long a peer that is waited for may neither read nor send
 * @param requestsAhead how many files may be asked for before the first has arrived, on levels that allow it
 */
public record SessionLimits(
        CodecLimits codec,
        int maxListedFiles,
        Duration tlsTimeout,
        Duration openingTimeout,
        Duration listingTimeout,
        Duration idleTimeout,
        int requestsAhead) {

    /** The limits where nothing else is configured. */
    public static final SessionLimits DEFAULT = new SessionLimits(
            CodecLimits.DEFAULT,
            1_000_000,
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofMinutes(10),
            Duration.ofSeconds(60),
            32);

    /** Checks that every limit is positive. */
    public SessionLimits {
        if (maxListedFiles <= 0
                || requestsAhead <= 0
                || isNone(tlsTimeout)
                || isNone(openingTimeout)
                || isNone(listingTimeout)
                || isNone(idleTimeout)) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }

    private static boolean isNone(Duration time) {
        return time.isZero() || time.isNegative();
    }
}
