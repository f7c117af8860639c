package org.sksync.files.store;

import java.io.IOException;
import java.util.Objects;
import org.sksync.files.scan.SkipReason;

/**
 * A file that can't be sent or stored for a reason of its own, while the sync can go on without it. The message is safe
 * to log.
 */
public sealed class SkippedFileException extends IOException permits FileChangedException {
    private static final long serialVersionUID = 1L;

    private final SkipReason reason;
    private final String safeMessage;

    SkippedFileException(SkipReason reason, String safeMessage) {
        super(safeMessage);
        this.safeMessage = safeMessage;
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** Returns the kind of trouble. */
    public final SkipReason reason() {
        return reason;
    }

    /** Returns what is wrong, safe to log. */
    @Override
    public final String getMessage() {
        return safeMessage;
    }
}
