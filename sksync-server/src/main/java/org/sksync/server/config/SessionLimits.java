package org.sksync.server.config;

import org.sksync.protocol.codec.CodecLimits;

/**
 * How much one session may take.
 *
 * @param codec how long lines and files may be
 * @param maxListedFiles how many names a client may list
 * @param maxListingBytes how much text its listing may have
 * @param freeDiskBytes how much of the disk stays free; a file that would take of it is refused
 * @param requestsAhead how many files may be asked for before the first has arrived, on levels that allow it
 * @param timeouts how long things may take
 */
public record SessionLimits(
        CodecLimits codec,
        int maxListedFiles,
        long maxListingBytes,
        long freeDiskBytes,
        int requestsAhead,
        Timeouts timeouts) {

    /** The limits where nothing else is configured. */
    public static final SessionLimits DEFAULT = new SessionLimits(
            CodecLimits.DEFAULT, 1_000_000, 256L * 1024 * 1024, 64L * 1024 * 1024, 128, Timeouts.DEFAULT);

    /** Takes the default for what is not named; {@code maxFileBytes} is the largest file that a client may send. */
    public SessionLimits(
            long maxFileBytes, int maxListedFiles, long maxListingBytes, long freeDiskBytes, Timeouts timeouts) {
        this(
                new CodecLimits(
                        CodecLimits.DEFAULT.maxControlLineBytes(),
                        CodecLimits.DEFAULT.maxNameLineBytes(),
                        maxFileBytes),
                maxListedFiles,
                maxListingBytes,
                freeDiskBytes,
                DEFAULT.requestsAhead(),
                timeouts);
    }

    /** Checks that every limit is positive; the free part of the disk may be nothing. */
    public SessionLimits {
        if (maxListedFiles <= 0 || maxListingBytes <= 0 || freeDiskBytes < 0 || requestsAhead <= 0) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }
}
