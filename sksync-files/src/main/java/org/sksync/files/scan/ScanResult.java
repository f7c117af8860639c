package org.sksync.files.scan;

import java.util.List;
import java.util.Objects;

/**
 * The outcome of listing a tree.
 *
 * @param files what was found
 * @param skipped what was left out for a reason that its owner should know of
 */
public record ScanResult(FileListing files, List<SkippedFile> skipped) {
    /** Copies the list. */
    public ScanResult {
        Objects.requireNonNull(files, "files");
        skipped = List.copyOf(skipped);
    }
}
