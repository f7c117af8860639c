package org.sksync.cli.command;

import java.util.List;

/**
 * How a watch ends by a signal: at once between syncs, which leaves the command no time to return, or when the syncs have
 * cleaned up. The last words are said in both cases, after all others.
 */
final class WatchEnd implements AutoCloseable {

    private final List<WatchedProfile> profiles;
    private final Terminal terminal;
    private final SyncSignals signals;
    private final Thread hook = new Thread(this::sayLastWords, "sksync-watch-end");

    /** Listens to signals from now on. */
    WatchEnd(List<WatchedProfile> profiles, Terminal terminal) {
        this.profiles = List.copyOf(profiles);
        this.terminal = terminal;
        this.signals = new SyncSignals(this::tellStanding, terminal::resized);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Returns how the process ends: by the signal that came, or else otherwise. */
    ExitCode codeOr(ExitCode otherwise) {
        return signals.endingOr(otherwise);
    }

    private void tellStanding() {
        profiles.forEach(WatchedProfile::tellStanding);
    }

    private void sayLastWords() {
        try {
            for (WatchedProfile profile : profiles) {
                profile.awaitEnd();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        terminal.end(codeOr(ExitCode.INTERRUPTED));
    }

    @Override
    public void close() {
        signals.close();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is being ended already, and the hook says how.
            return;
        }
    }
}
