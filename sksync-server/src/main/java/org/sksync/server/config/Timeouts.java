package org.sksync.server.config;

import java.time.Duration;
import org.sksync.transport.watch.Pace;

/**
 * How long a client may take in each state of a session, and how long the own disk may. A client's time counts only
 * while it is read from, the opening's apart.
 *
 * @param tls for a TLS handshake
 * @param opening from then, or from the connect, until its greeting is accepted
 * @param request from then until its request is there
 * @param listing from then until all of its listing is there; it may have to scan first
 * @param file for the length of the next file that it was asked for, and for the checksum behind one
 * @param pace for a listing that has begun, for the content of files, and for taking what it is sent
 * @param disk for one piece of work of the own disk, before others no longer wait for it
 */
public record Timeouts(
        Duration tls, Duration opening, Duration request, Duration listing, Duration file, Pace pace, Duration disk) {

    /** The times where nothing else is configured. */
    public static final Timeouts DEFAULT = new Timeouts(
            Duration.ofSeconds(10),
            Duration.ofSeconds(15),
            Duration.ofSeconds(15),
            Duration.ofMinutes(10),
            Duration.ofSeconds(60),
            new Pace(1024, Duration.ofSeconds(60)),
            Duration.ofSeconds(60));

    /** Takes the pace as {@code minBytesPerSecond}, measured over {@code rateWindow}. */
    public Timeouts(
            Duration tls,
            Duration opening,
            Duration request,
            Duration listing,
            Duration file,
            int minBytesPerSecond,
            Duration rateWindow,
            Duration disk) {
        this(tls, opening, request, listing, file, new Pace(minBytesPerSecond, rateWindow), disk);
    }

    /** Checks that every time is positive. */
    public Timeouts {
        if (isNone(tls) || isNone(opening) || isNone(request) || isNone(listing) || isNone(file) || isNone(disk)) {
            throw new IllegalArgumentException("times must be positive");
        }
    }

    private static boolean isNone(Duration time) {
        return time.isZero() || time.isNegative();
    }
}
