package org.sksync.server.transfer;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.sksync.files.store.TreeStore;
import org.sksync.transport.transfer.FailureText;
import org.sksync.transport.transfer.SessionWork;

/** What comes once a session is over: its directory is let go of, and then it can be told how it went. */
final class SessionEnd {

    private final SessionWork work;
    private final Executor owner;
    private final CompletableFuture<SessionSummary> summary = new CompletableFuture<>();

    SessionEnd(SessionWork work, Executor owner) {
        this.work = work;
        this.owner = owner;
    }

    /**
     * Begins with it; called once.
     *
     * @param prepared may still open the directory
     * @param freed run when all work of the session's is through
     * @param outcome how the session ended
     * @param summarise makes the summary of that, when all that was under way has been counted
     */
    void begin(
            Optional<Preparation> prepared,
            Runnable freed,
            String outcome,
            Function<String, SessionSummary> summarise) {
        work.runLast(() -> {
            freed.run();
            String closed =
                    prepared.flatMap(Preparation::store).map(SessionEnd::close).orElse("");
            tell(outcome + closed, summarise);
        });
    }

    /** Returns how the session went, once that is known. Safe on any thread. */
    CompletionStage<SessionSummary> summary() {
        return summary.minimalCompletionStage();
    }

    /** Closes the directory, and returns what is to be said of it. */
    private static String close(TreeStore store) {
        try {
            store.close();
            return "";
        } catch (IOException e) {
            return "; the directory could not be left in order: " + FailureText.of(e);
        }
    }

    private void tell(String outcome, Function<String, SessionSummary> summarise) {
        try {
            owner.execute(() -> summary.complete(summarise.apply(outcome)));
        } catch (RejectedExecutionException e) {
            // The owner thread has ended with the program, so nothing is counted any more.
            summary.complete(summarise.apply(outcome));
        }
    }
}
