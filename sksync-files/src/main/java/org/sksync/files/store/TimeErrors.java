package org.sksync.files.store;

import org.sksync.files.scan.SkipReason;

/** What becomes of a received file whose modification time can't be set (protocol: sksync.json, ignore_time_errors). */
public enum TimeErrors {
    /** It is not stored; a time that is off by two seconds or less, as FAT keeps it, is taken. */
    FAIL,
    /** It is stored with the time that it has. */
    IGNORE;

    private static final long GRANULARITY_SECONDS = 2;

    /**
     * Returns how a file counts whose modification time should be {@code wantedMillis} and that the disk keeps as
     * {@code keptMillis}.
     *
     * @throws SkippedFileException if it must not be stored: with a time that is too new it would win over good copies
     */
    CommitResult judge(long wantedMillis, long keptMillis) throws SkippedFileException {
        // Whole seconds of any two longs in milliseconds lie so close to zero that their difference can't overflow.
        long secondsOff = Math.abs(Math.floorDiv(keptMillis, 1000L) - Math.floorDiv(wantedMillis, 1000L));
        if (secondsOff == 0) {
            return CommitResult.STORED;
        }
        if (secondsOff <= GRANULARITY_SECONDS) {
            return CommitResult.STORED_TIME_ROUNDED;
        }
        if (this == FAIL) {
            throw new SkippedFileException(
                    SkipReason.TIME,
                    "the disk keeps a modification time that is " + secondsOff
                            + " seconds off; set ignore_time_errors to true to store such files all the same");
        }
        return CommitResult.STORED_TIME_NOT_KEPT;
    }
}
