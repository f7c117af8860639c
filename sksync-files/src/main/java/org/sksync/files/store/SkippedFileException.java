package org.sksync.files.store;

import java.io.IOException;
import java.util.Objects;
import org.sksync.files.path.EscapedText;
import org.sksync.files.scan.SkipReason;

/**
 * A file that can't be sent or stored for a reason of its own, while the sync can go on without it. The message is safe
 * to log.
 */
public sealed class SkippedFileException extends IOException permits FileChangedException {
    private static final long serialVersionUID = 1L;

    private final SkipReason reason;

    SkippedFileException(SkipReason reason, String message) {
        super(EscapedText.of(message));
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** Returns the kind of trouble. */
    public final SkipReason reason() {
        return reason;
    }
}
