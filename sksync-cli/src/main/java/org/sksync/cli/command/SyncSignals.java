package org.sksync.cli.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sksync.cli.signal.SignalListener;

/**
 * Signals while a sync runs: one asks where it stands, one tells that the terminal has another size, and of those that end
 * the process it is remembered which came. What the platform does not have is left out.
 */
final class SyncSignals implements AutoCloseable {

    private final List<SignalListener> listeners = new ArrayList<>();
    private volatile @Nullable ExitCode ending;

    /** Listens from now on; what is done for a signal runs on a thread of its own. */
    SyncSignals(Runnable onStanding, Runnable onResize) {
        keep(SignalListener.toQuestion("USR1", onStanding));
        keep(SignalListener.toQuestion("WINCH", onResize));
        keep(SignalListener.toEnd("INT", new Remembering(ExitCode.INTERRUPTED)));
        keep(SignalListener.toEnd("TERM", new Remembering(ExitCode.TERMINATED)));
        keep(SignalListener.toEnd("HUP", new Remembering(ExitCode.HUNG_UP)));
    }

    private void keep(Optional<SignalListener> listener) {
        if (listener.isPresent()) {
            listeners.add(listener.get());
        }
    }

    /** A class and no function: those cost each start more. */
    private final class Remembering implements Runnable {

        private final ExitCode code;

        Remembering(ExitCode code) {
            this.code = code;
        }

        @Override
        public void run() {
            ending = code;
        }
    }

    /** Returns how the process ends: by the signal that came, or else otherwise. */
    ExitCode endingOr(ExitCode otherwise) {
        ExitCode heard = ending;
        return heard == null ? otherwise : heard;
    }

    @Override
    public void close() {
        for (SignalListener listener : listeners) {
            listener.close();
        }
    }
}
