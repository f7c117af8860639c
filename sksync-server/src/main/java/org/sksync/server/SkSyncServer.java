package org.sksync.server;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.store.Forcing;
import org.sksync.files.store.PathLocks;
import org.sksync.server.auth.FakeSeed;
import org.sksync.server.auth.LoginQueue;
import org.sksync.server.auth.LoginThrottle;
import org.sksync.server.config.ServerConfig;
import org.sksync.server.connection.Listener;
import org.sksync.server.status.DaemonStatus;
import org.sksync.server.status.StatusSnapshot;
import org.sksync.server.transfer.DiskThreads;
import org.sksync.server.transfer.LargeBuffers;
import org.sksync.server.transfer.ListingBudget;
import org.sksync.server.transfer.ServerSession;
import org.sksync.server.transfer.SessionServices;
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

    /** How many threads there may be for those that a dead disk holds. */
    private static final int MADE_UP_DISK_THREADS = 32;

    /** One second less than the ten that a stop may take: what has not ended by then is ended in it. */
    private static final Duration GRACE = Duration.ofSeconds(9);

    /** More of them gain little on a disk with a journal (docs/adr/0018). */
    private static final int FORCED_AT_ONCE = 8;

    /** Together they hold some 50 MB at the most. */
    private static final int LARGE_BUFFERS = 64;

    private static final Duration LET_GO = Duration.ofSeconds(5);

    /** An owner thread answers in microseconds, unless the machine is busy. */
    private static final Duration ANSWER = Duration.ofSeconds(1);

    private final InForce inForce;
    private final DaemonStatus status;

    private final Listener listener;
    private final DiskThreads disk;
    private final Forcing forcing;
    private final ExecutorService logins;
    private final ExecutorService timer;
    private final Sessions sessions;
    private final Housekeeping housekeeping;

    private SkSyncServer(
            InForce inForce,
            DaemonStatus status,
            Listener listener,
            DiskThreads disk,
            Forcing forcing,
            ExecutorService logins,
            ExecutorService timer,
            Sessions sessions,
            Housekeeping housekeeping) {
        this.inForce = inForce;
        this.status = status;
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
        Clock clock = Clock.systemUTC();
        int diskThreads = Math.max(4, 2 * Runtime.getRuntime().availableProcessors());
        InForce inForce = new InForce(config, FakeSeed.of(config.verifiers(), random));
        DiskThreads disk = new DiskThreads(diskThreads, MADE_UP_DISK_THREADS, System::nanoTime);
        ExecutorService logins = Executors.newSingleThreadExecutor(new DefaultThreadFactory("sksync-login", true));
        ScheduledExecutorService timer =
                Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("sksync-timer", true));
        keepLooking(disk, inForce, timer);
        BurstLog bursts = new BurstLog(
                BURST, (task, delay) -> timer.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS), LOG::info);
        Forcing forcing = Forcing.withThreads(FORCED_AT_ONCE, new DefaultThreadFactory("sksync-force", true));
        PathLocks locks = new PathLocks();
        SessionServices services = new SessionServices(
                inForce,
                new LoginQueue(logins),
                new LoginThrottle(() -> inForce.config().daemonLimits().loginFailuresPerMinute(), clock),
                disk,
                forcing,
                locks,
                new ListingBudget(() -> inForce.config().daemonLimits().listingsMemoryBytes()),
                new LargeBuffers(LARGE_BUFFERS),
                PlatformNames.current(),
                random,
                clock);
        DaemonStatus status = new DaemonStatus(clock);
        Sessions sessions = new Sessions(LOG::info, bursts, status);
        try {
            Listener listener = Listener.open(
                    services, new SessionLog(LOG, status), new ConnectionLog(bursts, status), sessions::track);
            Housekeeping housekeeping = Housekeeping.start(
                    () -> inForce.config().allowedRoots(),
                    locks,
                    () -> inForce.config().keepReplaced(),
                    clock,
                    System::nanoTime);
            return new SkSyncServer(inForce, status, listener, disk, forcing, logins, timer, sessions, housekeeping);
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

    /** Looks for disk work that takes too long, as often as what is in force asks for. */
    private static void keepLooking(DiskThreads disk, InForce inForce, ScheduledExecutorService timer) {
        Duration limit = inForce.config().limits().timeouts().disk();
        timer.schedule(
                () -> {
                    disk.look();
                    keepLooking(disk, inForce, timer);
                },
                DiskThreads.period(limit).toNanos(),
                TimeUnit.NANOSECONDS);
    }

    /**
     * Puts another configuration into force, all of it at once; its address is not looked at. Connections that come from
     * now on go by it. Sessions under way keep to what they began with, but those end whose client would not get in any
     * more as the same user, or would be refused the directory. The made-up verifiers of unknown users stay.
     */
    public synchronized void reload(ServerConfig config) {
        inForce.put(config);
        sessions.review();
    }

    /** Returns how the daemon does; blocks for a second at the most. */
    public StatusSnapshot status() {
        List<ServerSession> admitted = sessions.admitted();
        int unadmitted = Math.max(0, sessions.count() - admitted.size());
        return status.snapshot(address(), Sessions.soFar(admitted, ANSWER), admitted.size(), unadmitted);
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
}
