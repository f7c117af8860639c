package org.sksync.files.scan;

import java.io.IOException;

/** A tree has more files than there is memory for their listing. */
public final class ScanTooLargeException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Creates one for a scan that had come so far. */
    public ScanTooLargeException(long visited) {
        super("no memory left for the listing of the tree after " + visited + " names");
    }
}
