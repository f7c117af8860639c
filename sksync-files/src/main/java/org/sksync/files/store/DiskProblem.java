package org.sksync.files.store;

import java.io.IOException;
import org.sksync.files.scan.SkipReason;

/** The one mapping from what the disk says to why a file was left out. */
public final class DiskProblem {
    private DiskProblem() {}

    /** Returns the reason that fits an error of the disk. */
    public static SkipReason of(IOException error) {
        return error instanceof SkippedFileException skipped ? skipped.reason() : SkipReason.OTHER;
    }
}
