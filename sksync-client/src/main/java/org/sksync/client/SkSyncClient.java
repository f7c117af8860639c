package org.sksync.client;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.sksync.client.config.Patience;
import org.sksync.client.config.SyncProfile;
import org.sksync.client.connection.ServerConnection;
import org.sksync.client.report.SyncFailedException;
import org.sksync.client.report.SyncFailedException.Kind;
import org.sksync.client.report.SyncListener;
import org.sksync.client.report.SyncReport;
import org.sksync.client.transfer.Attempt;
import org.sksync.client.transfer.ClientServices;
import org.sksync.client.transfer.ClientSession;
import org.sksync.client.transfer.ProbeSession;
import org.sksync.client.transfer.SessionFailure;
import org.sksync.client.transfer.Tally;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.ResolvedRoot;
import org.sksync.files.scan.ScanDepth;
import org.sksync.files.store.Forcing;
import org.sksync.files.store.PathLocks;
import org.sksync.files.store.Tidying;
import org.sksync.files.store.TreeStore;
import org.sksync.protocol.message.ServerMessage;
import org.sksync.transport.transfer.FailureText;
import org.sksync.transport.transfer.PeerLink;
import org.sksync.transport.transfer.PeerSession;
import org.sksync.transport.transfer.SerialExecutor;

/** Syncs directories with servers; one sync at a time. Closing it ends its threads. */
public final class SkSyncClient implements AutoCloseable {

    private static final int WORKERS = 4;
    /** More of them gain little on a disk with a journal (docs/adr/0018). */
    private static final int FORCED_AT_ONCE = 8;
    /** A file that changes all the time costs one more session each, so there is an end to it. */
    private static final int MAX_LEFT_OUT = 16;

    private final Clock clock = Clock.systemUTC();
    private final SecureRandom random = new SecureRandom();
    private final PathLocks locks = new PathLocks();
    private final ExecutorService workers =
            Executors.newFixedThreadPool(WORKERS, new DefaultThreadFactory("sksync-disk", true));
    private final Forcing forcing = Forcing.withThreads(FORCED_AT_ONCE, new DefaultThreadFactory("sksync-force", true));
    private final ServerConnection connection;
    private final ClientServices services;

    /** Creates a client with the patience of {@link Patience#DEFAULT}. */
    public SkSyncClient() {
        this(Patience.DEFAULT, Runtime.getRuntime().maxMemory() / 2);
    }

    SkSyncClient(Patience patience, long offersMemoryBytes) {
        this.connection = new ServerConnection(patience.pace());
        this.services = new ClientServices(
                () -> new SerialExecutor(workers), PlatformNames.current(), random, patience, offersMemoryBytes);
    }

    /**
     * Runs one sync and waits for its end. A file that can't be sent when the server asks for it is left out: since the
     * wire has no word for that, the session is begun anew without it. A refused login is tried once more where the
     * verifier may be of an older form.
     *
     * @throws SyncFailedException if it did not get to its end
     * @throws InterruptedException if the thread was interrupted; the session has ended by then and left no temp file
     */
    public SyncReport sync(SyncProfile profile, SyncListener listener)
            throws SyncFailedException, InterruptedException {
        long startNanos = System.nanoTime();
        tidy(profile);
        Tally tally = new Tally(listener);
        Attempt attempt = Attempt.FIRST;
        Optional<SessionFailure> failure = runSession(profile, attempt, tally);
        while (failure.isPresent()) {
            Attempt next = failure.get().next();
            if (next == null || next.leftOut().size() > MAX_LEFT_OUT) {
                throw failed(failure.get());
            }
            attempt = next;
            failure = runSession(profile, attempt, tally);
        }
        return new SyncReport(
                tally.receivedFiles(),
                tally.receivedBytes(),
                tally.sentFiles(),
                tally.sentBytes(),
                tally.skipped(),
                tally.hints(),
                Duration.ofNanos(System.nanoTime() - startNanos));
    }

    /**
     * Connects, logs in once, greets, and asks for the profile's directory in the profile's direction; then leaves. No
     * file travels and the own directory is neither looked at nor needed. A refused login is tried once more where the
     * verifier may be of an older form.
     *
     * @param listener of it, {@link SyncListener#established} alone is told
     * @throws SyncFailedException if a sync of the profile would fail by now
     * @throws InterruptedException if the thread was interrupted; the session has ended by then
     */
    public void probe(SyncProfile profile, SyncListener listener) throws SyncFailedException, InterruptedException {
        Optional<SessionFailure> failure = runProbe(profile, Attempt.FIRST, listener);
        Attempt next = failure.map(SessionFailure::next).orElse(null);
        if (next != null) {
            failure = runProbe(profile, next, listener);
        }
        if (failure.isPresent()) {
            throw failed(failure.get());
        }
    }

    private static SyncFailedException failed(SessionFailure failure) {
        return new SyncFailedException(failure.kind(), failure.message(), failure.cause());
    }

    private Optional<SessionFailure> runSession(SyncProfile profile, Attempt attempt, Tally tally)
            throws SyncFailedException, InterruptedException {
        try (TreeStore store = openStore(profile)) {
            ClientSession session =
                    connect(profile, link -> new ClientSession(profile, services, link, store, attempt, tally));
            return await(session.ended(), session::stop);
        } catch (IOException e) {
            throw new SyncFailedException(
                    Kind.OTHER, "client_path " + profile.clientPath() + ": " + FailureText.of(e), e);
        }
    }

    private Optional<SessionFailure> runProbe(SyncProfile profile, Attempt attempt, SyncListener listener)
            throws SyncFailedException, InterruptedException {
        ProbeSession session = connect(profile, link -> new ProbeSession(profile, services, link, attempt, listener));
        return await(session.ended(), session::stop);
    }

    private static Optional<SessionFailure> await(CompletionStage<Optional<SessionFailure>> ended, Runnable stop)
            throws InterruptedException {
        try {
            return ended.toCompletableFuture().get();
        } catch (InterruptedException e) {
            stop.run();
            ended.toCompletableFuture().join();
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a session's end is never exceptional", e);
        }
    }

    /** Removes what a killed client has left, and replaced files that were kept long enough. */
    private void tidy(SyncProfile profile) {
        try {
            Tidying.tidy(
                    profile.clientPath().toRealPath(),
                    ScanDepth.TOP_LEVEL,
                    locks,
                    profile.keepReplaced(),
                    clock.instant(),
                    () -> false);
        } catch (IOException e) {
            // Where the directory is at fault the sync says so, and what is left is no hindrance.
            return;
        }
    }

    private TreeStore openStore(SyncProfile profile) throws SyncFailedException {
        Path directory = profile.clientPath();
        if (!Files.isDirectory(directory)) {
            throw new SyncFailedException(
                    Kind.PATH,
                    "client_path " + directory + ": "
                            + (Files.exists(directory)
                                    ? "is no directory"
                                    : "does not exist; plug its disk in, or create it"),
                    null);
        }
        try {
            return TreeStore.open(
                    ResolvedRoot.of(directory.toRealPath()),
                    services.names(),
                    profile.guarded(),
                    locks,
                    random,
                    clock,
                    profile.timeErrors(),
                    profile.keepReplaced(),
                    profile.durability(),
                    forcing);
        } catch (IOException e) {
            throw new SyncFailedException(Kind.PATH, "client_path " + directory + ": " + FailureText.of(e), e);
        }
    }

    private <S extends PeerSession<ServerMessage>> S connect(SyncProfile profile, Function<PeerLink, S> sessions)
            throws SyncFailedException, InterruptedException {
        try {
            return connection.open(profile, sessions);
        } catch (IOException e) {
            throw new SyncFailedException(
                    Kind.NETWORK,
                    "can't connect to " + profile.host() + ":" + profile.port() + ": " + FailureText.of(e)
                            + "; is the server running there?",
                    e);
        }
    }

    /** Ends the threads. */
    @Override
    public void close() {
        connection.close();
        workers.shutdown();
        forcing.close();
    }
}
