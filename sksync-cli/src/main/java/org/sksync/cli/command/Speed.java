package org.sksync.cli.command;

import java.util.OptionalLong;

/**
 * How fast a sync has been lately: what happened a while ago counts less and less, so that the number neither jumps nor
 * sticks.
 *
 * @param atNanos when this was
 * @param allBytes what was moved by then, from the beginning on
 * @param allFiles the files that were done by then
 * @param nanos how long it took, what is long ago shortened
 * @param bytes what was moved in that time
 * @param work what was done in that time, in bytes that cost as much
 */
record Speed(long atNanos, long allBytes, int allFiles, double nanos, double bytes, double work) {

    /** After this time something counts a third of what it did. */
    private static final double FADING_NANOS = 4e9;
    /** Before this time there is no telling. */
    private static final double ENOUGH_NANOS = 1e9;
    /** What a file costs however short it is, in bytes of content that cost as much. */
    private static final long FILE_BYTES = 32 * 1024;

    private static final double MAX_SECONDS = 1e9;

    /** Returns the speed of something that begins then. */
    static Speed from(long nanos) {
        return new Speed(nanos, 0, 0, 0, 0, 0);
    }

    /** Returns the speed with what was done by now, from the beginning on. */
    Speed at(long nowNanos, long doneBytes, int doneFiles) {
        long passed = nowNanos - atNanos;
        if (passed <= 0) {
            return this;
        }
        double kept = Math.exp(-passed / FADING_NANOS);
        long moreBytes = doneBytes - allBytes;
        return new Speed(
                nowNanos,
                doneBytes,
                doneFiles,
                nanos * kept + passed,
                bytes * kept + moreBytes,
                work * kept + work(moreBytes, doneFiles - allFiles));
    }

    /** Returns the bytes of a second. */
    long bytesPerSecond() {
        return nanos == 0 ? 0 : Math.round(bytes / nanos * 1e9);
    }

    /** Returns how many seconds so much more takes at this speed; empty where there is no telling. */
    OptionalLong secondsFor(long moreBytes, int moreFiles) {
        double seconds = work(moreBytes, moreFiles) / work * nanos / 1e9;
        return nanos < ENOUGH_NANOS || work <= 0 || seconds > MAX_SECONDS
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(Math.round(seconds), 1));
    }

    private static double work(long bytes, int files) {
        return bytes + (double) files * FILE_BYTES;
    }
}
