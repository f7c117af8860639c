package org.sksync.server;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.sksync.files.path.EscapedText;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.scan.SkippedFile;
import org.sksync.files.store.Forcing;
import org.sksync.files.store.PathLocks;
import org.sksync.protocol.srp.FakeVerifiers;
import org.sksync.server.auth.FakeSeed;
import org.sksync.server.auth.LoginQueue;
import org.sksync.server.auth.LoginThrottle;
import org.sksync.server.config.ServerConfig;
import org.sksync.server.connection.ConnectionListener;
import org.sksync.server.connection.Listener;
import org.sksync.server.transfer.DiskThreads;
import org.sksync.server.transfer.LargeBuffers;
import org.sksync.server.transfer.ListingBudget;
import org.sksync.server.transfer.ServerSession;
import org.sksync.server.transfer.SessionListener;
import org.sksync.server.transfer.SessionServices;
import org.sksync.transport.transfer.FailureText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running daemon.
 *
 * <p>Logs each session in one line at its end, each file that a session left out, and each warning, with all that peers
 * sent escaped.
 */
public final class SkSyncServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SkSyncServer.class);
    private static final Duration BURST = Duration.ofSeconds(10);
    /** How many sessions without an accepted greeting have lines of their own in a burst. */
    private static final int UNADMITTED_PER_BURST = 100;

    /** How many threads there may be for those that a dead disk holds. */
    private static final int MADE_UP_DISK_THREADS = 32;

    /** One second less than the ten that a stop may take: what has not ended by then is ended in it. */
    private static final Duration GRACE = Duration.ofSeconds(9);

    /** More of them gain little on a disk with a journal (docs/adr/0018). */
    private static final int FORCED_AT_ONCE = 8;

    /** Together they hold some 50 MB at the most. */
    private static final int LARGE_BUFFERS = 64;

    private static final Duration LET_GO = Duration.ofSeconds(5);

    private final Listener listener;
    private final DiskThreads disk;
    private final Forcing forcing;
    private final ExecutorService logins;
    private final ExecutorService timer;
    private final Sessions sessions;
    private final Housekeeping housekeeping;

    private SkSyncServer(
            Listener listener,
            DiskThreads disk,
            Forcing forcing,
            ExecutorService logins,
            ExecutorService timer,
            Sessions sessions,
            Housekeeping housekeeping) {
        this.listener = listener;
        this.disk = disk;
        this.forcing = forcing;
        this.logins = logins;
        this.timer = timer;
        this.sessions = sessions;
        this.housekeeping = housekeeping;
    }

    /**
     * Starts a daemon; when this returns, it listens.
     *
     * @throws IOException if the address can't be listened on
     */
    public static SkSyncServer start(ServerConfig config) throws IOException {
        SecureRandom random = new SecureRandom();
        int diskThreads = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
        DiskThreads disk = new DiskThreads(
                diskThreads, MADE_UP_DISK_THREADS, config.limits().timeouts().disk(), System::nanoTime);
        ExecutorService logins = Executors.newSingleThreadExecutor(new DefaultThreadFactory("sksync-login", true));
        ScheduledExecutorService timer =
                Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("sksync-timer", true));
        long lookNanos = disk.period().toNanos();
        timer.scheduleWithFixedDelay(disk::look, lookNanos, lookNanos, TimeUnit.NANOSECONDS);
        BurstLog bursts = new BurstLog(
                BURST, (task, delay) -> timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS), LOG::info);
        Forcing forcing = Forcing.withThreads(FORCED_AT_ONCE, new DefaultThreadFactory("sksync-force", true));
        PathLocks locks = new PathLocks();
        SessionServices services = new SessionServices(
                config,
                new LoginQueue(logins),
                new LoginThrottle(config.daemonLimits().loginFailuresPerMinute(), Clock.systemUTC()),
                disk,
                forcing,
                locks,
                new ListingBudget(config.daemonLimits().listingsMemoryBytes()),
                new LargeBuffers(LARGE_BUFFERS),
                new FakeVerifiers(
                        FakeSeed.of(config.verifiers(), random),
                        config.verifiers().all()),
                PlatformNames.current(),
                random,
                Clock.systemUTC());
        Sessions sessions = new Sessions(bursts);
        try {
            Listener listener = Listener.open(services, new SessionLog(), new ConnectionLog(bursts), sessions::track);
            Housekeeping housekeeping = Housekeeping.start(
                    config.allowedRoots(), locks, config.keepReplaced(), services.clock(), System::nanoTime);
            return new SkSyncServer(listener, disk, forcing, logins, timer, sessions, housekeeping);
        } catch (IOException e) {
            disk.shutdown();
            forcing.close();
            logins.shutdown();
            timer.shutdown();
            throw e;
        }
    }

    /** Returns the address that is listened on, with the port that was picked. */
    public InetSocketAddress address() {
        return listener.address();
    }

    /**
     * Stops: accepts no more connections, gives running sessions 9 seconds to end, then ends them; no temp file stays.
     * Blocks until that is done.
     */
    @Override
    public void close() {
        long graceEndsNanos = System.nanoTime() + GRACE.toNanos();
        listener.stopAccepting();
        housekeeping.close();
        sessions.stopThoseThatHaveNotBegun();
        if (!sessions.allEndWithin(GRACE)) {
            sessions.stopAll();
            if (!sessions.allEndWithin(LET_GO)) {
                LOG.warn("{} sessions are still held up by the disk", sessions.count());
            }
        }
        disk.shutdown();
        forcing.close();
        logins.shutdownNow();
        // A session is over when its last words are queued; a client that reads slowly has yet to get them.
        listener.close(Duration.ofNanos(Math.max(0, graceEndsNanos - System.nanoTime())));
        timer.shutdownNow();
    }

    /** The sessions that are not over. */
    private static final class Sessions {

        private final Set<ServerSession> running = ConcurrentHashMap.newKeySet();
        private final BurstLog bursts;
        private volatile boolean stopping;

        Sessions(BurstLog bursts) {
            this.bursts = bursts;
        }

        void track(ServerSession session) {
            running.add(session);
            session.ended().thenAccept(summary -> {
                running.remove(session);
                if (session.isAdmitted()) {
                    LOG.info(summary.line());
                } else {
                    bursts.add("sessions without a greeting", UNADMITTED_PER_BURST, summary.line());
                }
            });
            // One that was accepted while the stop went on was not there to be told.
            if (stopping) {
                session.stop();
            }
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

        boolean allEndWithin(Duration time) {
            CompletableFuture<?>[] ends = running.stream()
                    .map(session -> session.ended().toCompletableFuture())
                    .toArray(CompletableFuture<?>[]::new);
            try {
                CompletableFuture.allOf(ends).get(time.toMillis(), TimeUnit.MILLISECONDS);
                return true;
            } catch (TimeoutException e) {
                return false;
            } catch (ExecutionException e) {
                throw new IllegalStateException("a session's end is never exceptional", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }

    /** Writes what becomes of connections without a session, once for each burst of them. */
    private record ConnectionLog(BurstLog bursts) implements ConnectionListener {

        @Override
        public void refused(String peer, String why) {
            bursts.add("connections refused, " + why, 1, peer + " refused: " + why);
        }

        @Override
        public void acceptFailed(Throwable cause) {
            bursts.add(
                    "connections not accepted",
                    1,
                    "no connection can be accepted for a second: " + EscapedText.of(FailureText.of(cause)));
        }
    }

    /** Writes what sessions report; peers' text is escaped here and in the summary alone. */
    private static final class SessionLog implements SessionListener {

        private static final String INDENT = "    ";

        @Override
        public void skipped(String peer, SkippedFile file) {
            LOG.info(
                    "{} skipped {}: {} ({})",
                    peer,
                    EscapedText.of(file.name()),
                    EscapedText.of(file.detail()),
                    file.reason());
        }

        @Override
        public void warning(String peer, String text) {
            LOG.warn("{} {}", peer, EscapedText.of(text));
        }

        @Override
        public void bug(String peer, Throwable cause) {
            if (cause instanceof VirtualMachineError) {
                // Where it happened says nothing: the memory was taken elsewhere.
                LOG.error("{} ended: {}", peer, EscapedText.of(FailureText.of(cause)));
                return;
            }
            LOG.error("{} a fault in this program ended the session{}", peer, trace(cause));
        }

        /** Returns the stack trace, indented: a message of several lines can't pass for entries of the log. */
        private static String trace(Throwable cause) {
            StringWriter trace = new StringWriter();
            cause.printStackTrace(new PrintWriter(trace));
            return trace.toString()
                    .lines()
                    .map(line -> System.lineSeparator() + INDENT + EscapedText.of(line.replace("\t", INDENT)))
                    .collect(Collectors.joining());
        }
    }
}
