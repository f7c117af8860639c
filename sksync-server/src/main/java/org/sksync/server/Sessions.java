package org.sksync.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.sksync.server.status.DaemonStatus;
import org.sksync.server.transfer.ServerSession;
import org.sksync.server.transfer.SessionSummary;

/** The sessions that are not over. Safe on any thread. */
final class Sessions {

    /** How many sessions without an accepted greeting have lines of their own in a burst. */
    private static final int UNADMITTED_PER_BURST = 100;

    private final Set<ServerSession> running = ConcurrentHashMap.newKeySet();
    private final Consumer<String> log;
    private final BurstLog bursts;
    private final DaemonStatus status;
    private volatile boolean stopping;

    /**
     * Creates the place of a daemon's sessions.
     *
     * @param log takes the line of a session that greeted
     * @param bursts takes those of the others
     */
    Sessions(Consumer<String> log, BurstLog bursts, DaemonStatus status) {
        this.log = log;
        this.bursts = bursts;
        this.status = status;
    }

    void track(ServerSession session) {
        running.add(session);
        session.ended().thenAccept(summary -> {
            running.remove(session);
            if (session.isAdmitted()) {
                status.ended(summary, session.hasOpened());
                log.accept(summary.line());
            } else {
                bursts.add("sessions without a greeting", UNADMITTED_PER_BURST, summary.line());
            }
        });
        // One that was accepted while the stop went on was not there to be told.
        if (stopping) {
            session.stop();
        }
    }

    /** Ends those that would not get in under what is in force by now. */
    void review() {
        // One that comes later looks at what is in force by itself, before anything is given to it.
        running.forEach(ServerSession::review);
    }

    void stopThoseThatHaveNotBegun() {
        stopping = true;
        running.forEach(ServerSession::stopUnlessRunning);
    }

    void stopAll() {
        running.forEach(ServerSession::stop);
    }

    int count() {
        return running.size();
    }

    /** Returns those whose greeting was accepted. */
    List<ServerSession> admitted() {
        return running.stream().filter(ServerSession::isAdmitted).toList();
    }

    /** Returns how sessions go, of those that tell it in time. */
    static List<SessionSummary> soFar(List<ServerSession> sessions, Duration time) {
        List<CompletableFuture<SessionSummary>> answers = sessions.stream()
                .map(session -> session.soFar().toCompletableFuture())
                .toList();
        allWithin(answers, time);
        List<SessionSummary> told = new ArrayList<>();
        for (CompletableFuture<SessionSummary> answer : answers) {
            if (answer.isDone() && !answer.isCompletedExceptionally()) {
                told.add(answer.join());
            }
        }
        return told;
    }

    boolean allEndWithin(Duration time) {
        return allWithin(
                running.stream()
                        .map(session -> session.ended().toCompletableFuture())
                        .toList(),
                time);
    }

    private static boolean allWithin(List<CompletableFuture<SessionSummary>> futures, Duration time) {
        try {
            CompletableFuture.allOf(futures.toArray(CompletableFuture<?>[]::new))
                    .get(time.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            // Of a session's end there is none; of one that is asked how it goes, that its thread is gone.
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
