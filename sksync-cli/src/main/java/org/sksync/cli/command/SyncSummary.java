package org.sksync.cli.command;

import java.time.Duration;
import java.util.List;
import org.sksync.client.report.SyncReport;
import org.sksync.config.ClientProfile;
import org.sksync.files.scan.SkippedFile;

/** What a finished sync did, as it is told. */
final class SyncSummary {

    private SyncSummary() {}

    /** Tells it, with every file that was left out and was not told of before. */
    static void tell(ClientProfile profile, SyncReport report, Terminal terminal) {
        if (terminal.isJson()) {
            terminal.tell("", json(profile, report));
            return;
        }
        List<SkippedFile> skipped = report.skipped();
        if (skipped.isEmpty()) {
            terminal.printDone(line(profile, report));
            return;
        }
        terminal.print(line(profile, report));
        for (SkippedFile file : skipped) {
            String left = "skipped " + file.name() + ": " + file.detail();
            if (terminal.isQuiet()) {
                terminal.warn(profile.name() + ": " + left);
            } else if (!terminal.isVerbose()) {
                terminal.print("  " + left);
            }
        }
    }

    /** Returns it in one line. */
    static String line(ClientProfile profile, SyncReport report) {
        return profile.name() + ": received " + count(report.receivedFiles(), report.receivedBytes()) + ", sent "
                + count(report.sentFiles(), report.sentBytes()) + ", skipped "
                + report.skipped().size() + ", " + seconds(report.duration());
    }

    /** Returns it as JSON. */
    static JsonLine json(ClientProfile profile, SyncReport report) {
        return JsonLine.of("summary")
                .put("profile", profile.name())
                .put("server", profile.host() + ":" + profile.port())
                .put("sync_type", profile.syncType().token())
                .put("received_files", report.receivedFiles())
                .put("received_bytes", report.receivedBytes())
                .put("sent_files", report.sentFiles())
                .put("sent_bytes", report.sentBytes())
                .put("skipped", report.skipped().stream().map(SyncSummary::part).toList())
                .putSeconds("seconds", report.duration().toMillis());
    }

    private static JsonLine part(SkippedFile file) {
        return JsonLine.part()
                .put("name", file.name())
                .put("reason", ProgressLine.reason(file))
                .put("detail", file.detail());
    }

    private static String count(int files, long bytes) {
        return files + (files == 1 ? " file (" : " files (") + ByteText.of(bytes) + ")";
    }

    private static String seconds(Duration duration) {
        long tenths = (duration.toMillis() + 50) / 100;
        return tenths / 10 + "." + tenths % 10 + " s";
    }
}
