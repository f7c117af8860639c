package org.sksync.cli.command;

import java.util.Optional;
import org.sksync.client.SkSyncClient;
import org.sksync.client.config.SyncProfile;
import org.sksync.client.report.SyncFailedException;
import org.sksync.client.report.SyncReport;
import org.sksync.config.ClientProfile;
import org.sksync.config.KnownServers;

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
                return interruption.whileRunning(() -> sync(profile, terms));
            } finally {
                share.close();
            }
        } catch (CommandFailure e) {
            terminal.error(profile.name() + ": " + e.sentence(), e);
            return e.exitCode();
        }
    }

    private ExitCode sync(ClientProfile profile, SyncProfile terms) {
        String name = profile.name();
        ProgressLine progress = new ProgressLine(profile, known, terminal, System::nanoTime);
        try (SyncSignals signals = new SyncSignals(() -> terminal.standing(progress.text()), terminal::resized)) {
            try {
                SyncReport report = sync(terms, progress);
                SyncSummary.tell(profile, report, terminal);
                report.hints().forEach(hint -> terminal.warn(name + ": " + hint));
                return report.skipped().isEmpty() ? ExitCode.DONE : ExitCode.PARTIAL;
            } catch (SyncFailedException e) {
                terminal.error(name + ": " + e.getMessage(), e);
                return ExitCode.of(e.kind());
            } catch (InterruptedException e) {
                terminal.warn(name + ": interrupted; what has arrived whole is kept, run it again for the rest");
                // The process ends while the command still returns.
                terminal.end(signals.endingOr(ExitCode.INTERRUPTED));
                return ExitCode.INTERRUPTED;
            }
        }
    }

    private SyncReport sync(SyncProfile terms, ProgressLine progress) throws SyncFailedException, InterruptedException {
        Optional<ProgressTicker> shown = progress.show();
        try {
            return client.sync(terms, progress);
        } finally {
            if (shown.isPresent()) {
                shown.get().close();
            }
        }
    }
}
