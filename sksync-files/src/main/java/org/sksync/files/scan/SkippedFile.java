package org.sksync.files.scan;

import java.util.Objects;
import org.sksync.files.path.EscapedText;

/**
 * A file, or a directory with all in it, that was left out of a sync.
 *
 * @param name its name below the synced directory, safe to log; a directory's ends in {@code /}
 * @param reason the kind of trouble
 * @param detail a sentence part that tells more, safe to log; may be empty
 */
public record SkippedFile(String name, SkipReason reason, String detail) {
    /** Makes name and detail safe to log. */
    public SkippedFile {
        name = EscapedText.of(name);
        Objects.requireNonNull(reason, "reason");
        detail = EscapedText.of(detail);
    }
}
