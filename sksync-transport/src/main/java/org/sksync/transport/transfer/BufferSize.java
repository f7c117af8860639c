package org.sksync.transport.transfer;

/**
 * How much of the files on their way a session keeps in memory. The more, the less often its threads wake each other;
 * but each peer that stops in the middle makes the process keep as much.
 */
public enum BufferSize {
    /** What any number of sessions may have: 500 peers that do not read cost less than 128 MB. */
    SMALL(96 * 1024, 128 * 1024, 32 * 1024),
    /** What a few may have. */
    LARGE(256 * 1024, 512 * 1024, 256 * 1024);

    /** The most that is read from a peer at a time, in bytes. */
    public static final int MAX_READ_BYTES = 128 * 1024;

    private final int sentBytes;
    private final int highWaterBytes;
    private final int lowWaterBytes;

    BufferSize(int sentBytes, int highWaterBytes, int lowWaterBytes) {
        this.sentBytes = sentBytes;
        this.highWaterBytes = highWaterBytes;
        this.lowWaterBytes = lowWaterBytes;
    }

    /** Returns how much is read from the disk at a time. */
    int sentBytes() {
        return sentBytes;
    }

    /** Returns how much may wait for the disk before the peer is not read from. */
    int highWaterBytes() {
        return highWaterBytes;
    }

    /** Returns how little must wait for the disk before the peer is read from again. */
    int lowWaterBytes() {
        return lowWaterBytes;
    }
}
