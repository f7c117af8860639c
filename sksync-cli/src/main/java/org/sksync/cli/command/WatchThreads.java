package org.sksync.cli.command;

import java.util.ArrayList;
import java.util.List;
import org.sksync.cli.watch.Outcome;

/** Runs each watched profile on a thread of its own, so that a slow server holds up no other. */
final class WatchThreads {

    private final Terminal terminal;

    WatchThreads(Terminal terminal) {
        this.terminal = terminal;
    }

    /** Waits until none is left that could be synced any more, and returns the worst of their ends. */
    ExitCode run(List<WatchedProfile> profiles) throws InterruptedException {
        List<Running> all = new ArrayList<>();
        for (WatchedProfile profile : profiles) {
            Running running = new Running(profile);
            all.add(running);
            running.thread.start();
        }
        ExitCode worst = ExitCode.DONE;
        for (Running running : all) {
            running.thread.join();
            worst = worst.worse(running.ended);
        }
        return worst;
    }

    private final class Running {

        private final Thread thread;
        private volatile ExitCode ended = ExitCode.ERROR;

        Running(WatchedProfile profile) {
            thread = new Thread(() -> ended = end(profile), "sksync-watch-" + profile.name());
        }

        private ExitCode end(WatchedProfile profile) {
            try {
                return profile.run() == Outcome.REFUSED ? ExitCode.IDENTITY : ExitCode.INTERRUPTED;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return ExitCode.INTERRUPTED;
            } catch (RuntimeException e) {
                return terminal.fault(e);
            }
        }
    }
}
