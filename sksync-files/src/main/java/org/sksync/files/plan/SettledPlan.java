package org.sksync.files.plan;

import java.util.List;
import java.util.Objects;
import org.sksync.files.scan.SkippedFile;

/**
 * What is left of a plan after a look at its names.
 *
 * @param plan the files that travel
 * @param leftOut the files that would have travelled, and why they do not
 */
public record SettledPlan(SyncPlan plan, List<SkippedFile> leftOut) {
    /** Copies the list. */
    public SettledPlan {
        Objects.requireNonNull(plan, "plan");
        leftOut = List.copyOf(leftOut);
    }
}
