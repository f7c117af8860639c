package org.sksync.server.transfer;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sksync.files.plan.SyncPlan;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.SkipReason;
import org.sksync.files.scan.SkippedFile;
import org.sksync.protocol.session.SyncProtocolException;
import org.sksync.server.config.FutureTimes;

/**
 * The files of a plan that come from a client whose clock, or whose file's time, is more than a day ahead.
 *
 * @param plan what is left of the plan
 * @param refused the files that were taken out of it
 * @param warning what an operator should know, if there is anything
 */
record FutureFiles(SyncPlan plan, List<SkippedFile> refused, Optional<String> warning) {

    private static final Duration TOLERATED = Duration.ofHours(24);

    /** Looks for such files in a plan. */
    static FutureFiles in(SyncPlan plan, FutureTimes rule, Instant now) {
        long latestMillis = now.plus(TOLERATED).toEpochMilli();
        List<FileEntry> ahead = plan.toServer().stream()
                .filter(file -> file.mtimeMillis() > latestMillis)
                .toList();
        if (ahead.isEmpty()) {
            return new FutureFiles(plan, List.of(), Optional.empty());
        }
        if (rule == FutureTimes.ACCEPTED) {
            String first = SyncProtocolException.excerpt(ahead.get(0).path().text());
            String warning = ahead.size() + " of the client's files have times more than a day ahead, " + first
                    + " among them; they win over every other copy until then (refuse_future_times leaves such files"
                    + " out)";
            return new FutureFiles(plan, List.of(), Optional.of(warning));
        }
        List<FileEntry> timely = plan.toServer().stream()
                .filter(file -> file.mtimeMillis() <= latestMillis)
                .toList();
        List<SkippedFile> refused = ahead.stream()
                .map(file -> new SkippedFile(
                        file.path().text(),
                        SkipReason.TIME,
                        "its time is more than a day ahead, and refuse_future_times is true; check the client's clock, and"
                                + " touch the file there"))
                .toList();
        return new FutureFiles(plan.withToServer(timely), refused, Optional.empty());
    }
}
