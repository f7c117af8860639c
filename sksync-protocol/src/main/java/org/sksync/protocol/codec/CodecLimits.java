package org.sksync.protocol.codec;

/**
 * How long what a peer sends may be.
 *
 * @param maxControlLineBytes the longest line of login, greeting, type, flag, number and checksum
 * @param maxNameLineBytes the longest line with a path or a name
 * @param maxFileBytes the largest file
 */
public record CodecLimits(int maxControlLineBytes, int maxNameLineBytes, long maxFileBytes) {

    /** The limits where nothing else is configured: 2 KiB, 8 KiB, no limit on a file but the wire's. */
    public static final CodecLimits DEFAULT = new CodecLimits(2 * 1024, 8 * 1024, Long.MAX_VALUE);

    /** Checks that every limit is positive. */
    public CodecLimits {
        if (maxControlLineBytes <= 0 || maxNameLineBytes <= 0 || maxFileBytes <= 0) {
            throw new IllegalArgumentException("limits must be positive");
        }
    }
}
