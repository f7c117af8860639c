package org.sksync.client.report;

import java.time.Duration;
import java.util.List;
import org.sksync.files.scan.SkippedFile;

/**
 * What a finished sync did.
 *
 * @param receivedFiles files that came from the server
 * @param receivedBytes their lengths together
 * @param sentFiles files that went to the server
 * @param sentBytes their lengths together
 * @param skipped files that took no part, with reasons
 * @param hints what the user should know though nothing went wrong: one sentence each, safe to log, mostly none
 * @param duration from the connect to the end
 */
public record SyncReport(
        int receivedFiles,
        long receivedBytes,
        int sentFiles,
        long sentBytes,
        List<SkippedFile> skipped,
        List<String> hints,
        Duration duration) {

    /** Copies the lists. */
    public SyncReport {
        skipped = List.copyOf(skipped);
        hints = List.copyOf(hints);
    }
}
