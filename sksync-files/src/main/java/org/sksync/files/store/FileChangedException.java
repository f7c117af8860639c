package org.sksync.files.store;

import org.sksync.files.scan.SkipReason;

/** A file that is no longer what it was when it was listed or opened: nothing was overwritten, or no more can be sent. */
public final class FileChangedException extends SkippedFileException {
    private static final long serialVersionUID = 1L;

    FileChangedException(String safeMessage) {
        super(SkipReason.CHANGED, safeMessage);
    }
}
