package org.sksync.cli.command;

import java.time.Duration;
import org.sksync.client.SkSyncClient;
import org.sksync.client.config.SyncProfile;
import org.sksync.client.report.SyncFailedException;
import org.sksync.client.report.SyncReport;
import org.sksync.config.ClientProfile;
import org.sksync.config.KnownServers;
import org.sksync.files.scan.SkippedFile;

/** Runs syncs of profiles, one at a time, and tells how each went. */
final class ProfileRun {

    private final SkSyncClient client;
    private final KnownServers known;
    private final Interruption interruption;
    private final FolderLocks locks;
    private final Terminal terminal;

    ProfileRun(
            SkSyncClient client, KnownServers known, Interruption interruption, FolderLocks locks, Terminal terminal) {
        this.client = client;
        this.known = known;
        this.locks = locks;
        this.interruption = interruption;
        this.terminal = terminal;
    }

    /** Syncs once; what went wrong was told when this returns. */
    ExitCode sync(ClientProfile profile) {
        try {
            FolderLocks.Share share = locks.take(profile);
            try {
                SyncProfile terms = ProfileTerms.of(profile, known, terminal);
                ProgressLine progress = new ProgressLine(profile, known, terminal);
                return interruption.whileRunning(() -> sync(profile.name(), terms, progress));
            } finally {
                share.close();
            }
        } catch (CommandFailure e) {
            terminal.error(profile.name() + ": " + e.sentence(), e);
            return e.exitCode();
        }
    }

    private ExitCode sync(String name, SyncProfile terms, ProgressLine progress) {
        try {
            SyncReport report = client.sync(terms, progress);
            print(name, report);
            report.hints().forEach(hint -> terminal.warn(name + ": " + hint));
            return report.skipped().isEmpty() ? ExitCode.DONE : ExitCode.PARTIAL;
        } catch (SyncFailedException e) {
            terminal.error(name + ": " + e.getMessage(), e);
            return exitCode(e.kind());
        } catch (InterruptedException e) {
            terminal.warn(name + ": interrupted; what has arrived whole is kept, run it again for the rest");
            return ExitCode.INTERRUPTED;
        }
    }

    /** Returns what a run ends with that failed so. */
    static ExitCode exitCode(SyncFailedException.Kind kind) {
        return switch (kind) {
            case NETWORK -> ExitCode.NETWORK;
            case IDENTITY -> ExitCode.IDENTITY;
            case PATH -> ExitCode.PATH;
            case PROTOCOL, OTHER -> ExitCode.ERROR;
        };
    }

    private void print(String name, SyncReport report) {
        terminal.print(name + ": received " + count(report.receivedFiles(), report.receivedBytes()) + ", sent "
                + count(report.sentFiles(), report.sentBytes()) + ", skipped "
                + report.skipped().size() + ", " + seconds(report.duration()));
        for (SkippedFile file : report.skipped()) {
            terminal.print("  skipped " + file.name() + ": " + file.detail());
        }
    }

    private static String count(int files, long bytes) {
        return files + (files == 1 ? " file (" : " files (") + ByteText.of(bytes) + ")";
    }

    private static String seconds(Duration duration) {
        long tenths = (duration.toMillis() + 50) / 100;
        return tenths / 10 + "." + tenths % 10 + " s";
    }
}
