package org.sksync.client.transfer;

import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sksync.client.config.SyncProfile;
import org.sksync.client.report.SyncFailedException.Kind;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.FileListing;
import org.sksync.files.scan.ScanDepth;
import org.sksync.files.scan.ScanResult;
import org.sksync.files.scan.SkipReason;
import org.sksync.files.scan.SkippedFile;
import org.sksync.files.store.TreeStore;
import org.sksync.protocol.message.ChecksumChoice;
import org.sksync.protocol.message.ClientMessage;
import org.sksync.protocol.message.Established;
import org.sksync.protocol.message.FileContent;
import org.sksync.protocol.message.FileEnd;
import org.sksync.protocol.message.FileOffer;
import org.sksync.protocol.message.FileRequest;
import org.sksync.protocol.message.Greeting;
import org.sksync.protocol.message.ListingEnd;
import org.sksync.protocol.message.LoginChallenge;
import org.sksync.protocol.message.LoginConfirmation;
import org.sksync.protocol.message.OffersEnd;
import org.sksync.protocol.message.ProtocolLevel.Checksum;
import org.sksync.protocol.message.Recursion;
import org.sksync.protocol.message.Refusal;
import org.sksync.protocol.message.RequestsEnd;
import org.sksync.protocol.message.ServerMessage;
import org.sksync.protocol.message.SyncRequest;
import org.sksync.protocol.session.SessionEvent;
import org.sksync.protocol.session.SessionState;
import org.sksync.protocol.session.SyncProtocolException;
import org.sksync.protocol.session.SyncProtocolException.Reason;
import org.sksync.protocol.srp.SrpException;
import org.sksync.transport.tls.Fingerprint;
import org.sksync.transport.transfer.BufferSize;
import org.sksync.transport.transfer.DiskWork;
import org.sksync.transport.transfer.FailureText;
import org.sksync.transport.transfer.FileReceiver;
import org.sksync.transport.transfer.FileSender;
import org.sksync.transport.transfer.Mailbox;
import org.sksync.transport.transfer.PeerLink;
import org.sksync.transport.transfer.PeerSession;
import org.sksync.transport.transfer.SessionWork;
import org.sksync.transport.watch.Awaited;

/**
 * One conversation with a server, from connection to close.
 *
 * <p>The own directory is scanned while the connection is made and the login goes on. The listing is sent when both are
 * through; then the server's requests are answered, then its offers taken. Every way out leads through {@link #end}.
 * Owner thread only, but for {@link #ended} and {@link #stop}.
 */
public final class ClientSession implements PeerSession<ServerMessage>, Uploads.Host, Downloads.Host {

    private final SyncProfile profile;
    private final ClientServices services;
    private final PeerLink link;
    private final TreeStore store;
    private final Attempt attempt;
    private final Tally tally;
    private final Mailbox<ServerMessage> mailbox;
    private final SessionWork work;
    private final DiskWork loginWork;
    private final ClientLogin login;
    private final FileReceiver receiver;
    private final Receiving receiving = new Receiving();
    private final CompletableFuture<Optional<SessionFailure>> result = new CompletableFuture<>();

    private SessionState state = SessionState.START;
    private boolean over;
    private boolean mayList;
    private boolean requestAnswered;
    private long arrivingBytes;
    private @Nullable FileListing own;
    private @Nullable ListingSender listing;
    private @Nullable Uploads uploads;
    private @Nullable Downloads downloads;

    /**
     * Creates a session, which begins to scan at once.
     *
     * @param store the own directory; the caller closes it after the session
     * @param attempt what earlier sessions of the sync have taught
     */
    public ClientSession(
            SyncProfile profile,
            ClientServices services,
            PeerLink link,
            TreeStore store,
            Attempt attempt,
            Tally tally) {
        this.profile = profile;
        this.services = services;
        this.link = link;
        this.store = store;
        this.attempt = attempt;
        this.tally = tally;
        this.mailbox = new Mailbox<>(link, this::handle, () -> lost("the server closed the connection", null));
        this.work = new SessionWork(services.work(), link.owner(), this::diskFailed);
        this.loginWork = new DiskWork(services.work().get(), link.owner(), this::failed);
        this.login = new ClientLogin(profile.credentials(), attempt, services.random());
        this.receiver = new FileReceiver(mailbox, work, profile.level().checksum(), store, BufferSize.LARGE);
        ScanDepth depth = profile.recursion() == Recursion.RECURSIVE ? ScanDepth.TREE : ScanDepth.TOP_LEVEL;
        work.files().run(() -> store.scan(depth, profile.excludes()), this::scanned);
    }

    /** Returns how the session ended, once it has let go of its files: empty if it got to its end. Any thread. */
    public CompletionStage<Optional<SessionFailure>> ended() {
        return result.minimalCompletionStage();
    }

    /** Ends the session because the user wants so; any thread. */
    public void stop() {
        link.owner().execute(() -> end(SessionFailure.of(Kind.OTHER, "interrupted")));
    }

    @Override
    public void opened() {
        awaitServer();
        if (login.isWanted()) {
            loginWork.run(login::begin, this::answer);
        } else {
            emit(new Greeting(profile.level()));
            link.flush();
        }
    }

    @Override
    public void received(ServerMessage message) {
        mailbox.offer(message);
    }

    @Override
    public void writable() {
        if (listing != null) {
            listing.proceed();
        }
        if (uploads != null) {
            uploads.writable();
        }
    }

    @Override
    public void tooSlow(String how) {
        // After the server's last word only the own disk is waited for.
        if (state != SessionState.ENDED) {
            end(SessionFailure.of(
                    Kind.NETWORK,
                    "the server " + how + " while the session was "
                            + state.name().toLowerCase(Locale.ROOT) + SessionFailure.AGAIN));
        }
    }

    @Override
    public void inputEnded() {
        mailbox.end();
    }

    private void diskFailed(Throwable cause) {
        if (cause instanceof IOException) {
            end(new SessionFailure(
                    Kind.PATH, "client_path " + profile.clientPath() + ": " + FailureText.of(cause), cause, null));
        } else {
            failed(cause);
        }
    }

    @Override
    public void failed(Throwable cause) {
        SessionFailure.of(cause).ifPresentOrElse(this::end, () -> lost(FailureText.of(cause), cause));
    }

    /** What the session does for each message, and what it answers at once; the state has allowed it. */
    private final class Receiving implements ServerMessage.Visitor<Optional<ClientMessage>, SyncProtocolException> {

        @Override
        public Optional<ClientMessage> visit(LoginChallenge message) {
            mailbox.hold();
            loginWork.run(() -> login.proof(message), proof -> {
                answer(proof);
                mailbox.release();
            });
            return Optional.empty();
        }

        @Override
        public Optional<ClientMessage> visit(LoginConfirmation message) {
            try {
                Optional<SessionFailure> impostor = login.confirmed(message);
                impostor.ifPresent(ClientSession.this::end);
                return impostor.isPresent() ? Optional.empty() : Optional.of(new Greeting(profile.level()));
            } catch (SrpException e) {
                failed(e);
                return Optional.empty();
            }
        }

        @Override
        public Optional<ClientMessage> visit(Refusal message) {
            end(login.refused());
            return Optional.empty();
        }

        @Override
        public Optional<ClientMessage> visit(Established message) {
            Optional<Fingerprint> server = link.tlsSession().flatMap(Fingerprint::ofPeer);
            mailbox.hold();
            loginWork.run(
                    () -> {
                        tally.established(server);
                        return server;
                    },
                    accepted -> {
                        request();
                        mailbox.release();
                    });
            return Optional.empty();
        }

        @Override
        public Optional<ClientMessage> visit(ChecksumChoice message) {
            mayList = true;
            listWhenReady();
            return Optional.empty();
        }

        @Override
        public Optional<ClientMessage> visit(FileRequest message) throws SyncProtocolException {
            if (!profile.type().toServer()) {
                throw new SyncProtocolException(
                        Reason.NOT_AGREED,
                        "requested name: "
                                + SyncProtocolException.excerpt(message.name().text())
                                + " (expected: none, the sync type is "
                                + profile.type().configName() + ")");
            }
            require(uploads).requested(pathOf(message));
            return Optional.empty();
        }

        @Override
        public Optional<ClientMessage> visit(RequestsEnd message) throws SyncProtocolException {
            if (require(uploads).isBusy()) {
                throw new SyncProtocolException(
                        Reason.OUT_OF_ORDER, "end of requests: came before the requested files were sent");
            }
            return Optional.empty();
        }

        @Override
        public Optional<ClientMessage> visit(FileOffer message) throws SyncProtocolException {
            arrivingBytes = message.length();
            tally.coming(message.name().text(), arrivingBytes, Math.floorDiv(message.mtimeMillis(), 1000L) * 1000);
            if (arrivingBytes > 0) {
                link.await(Awaited.at(services.patience().pace(), "a file"));
            }
            require(downloads).offer(message);
            return Optional.empty();
        }

        @Override
        public Optional<ClientMessage> visit(FileContent message) {
            int bytes = message.content().readableBytes();
            arrivingBytes -= bytes;
            tally.moved(bytes);
            require(downloads).content(message);
            return Optional.empty();
        }

        @Override
        public Optional<ClientMessage> visit(FileEnd message) {
            require(downloads).end(message);
            return Optional.empty();
        }

        @Override
        public Optional<ClientMessage> visit(OffersEnd message) {
            require(downloads).end();
            return Optional.empty();
        }

        private RelativePath pathOf(FileRequest message) throws SyncProtocolException {
            try {
                return services.names().parse(message.name().text());
            } catch (PathRefusedException e) {
                throw new SyncProtocolException(Reason.BAD_NAME, "requested name: " + e.getMessage());
            }
        }
    }

    private void handle(ServerMessage message) {
        try {
            state = state.next(SessionEvent.of(message));
            requestAnswered = state.compareTo(SessionState.UPLOADING) >= 0;
            message.accept(receiving).ifPresent(this::answer);
            if (arrivingBytes == 0) {
                awaitServer();
            }
        } catch (SyncProtocolException | RuntimeException e) {
            ReferenceCountUtil.safeRelease(message);
            failed(e);
        }
    }

    private void answer(ClientMessage message) {
        if (!over) {
            emit(message);
            link.flush();
        }
    }

    private void emit(ClientMessage message) {
        try {
            state = state.next(SessionEvent.of(message));
        } catch (SyncProtocolException e) {
            throw new IllegalStateException("the session's own message is out of order", e);
        }
        link.send(message);
    }

    private void request() {
        if (over) {
            return;
        }
        emit(new SyncRequest(
                profile.type(),
                profile.recursion(),
                profile.serverPath(),
                profile.clientPath().toString()));
        link.flush();
        if (profile.level().checksum() == Checksum.NONE) {
            mayList = true;
            listWhenReady();
        }
    }

    private void scanned(ScanResult scan) {
        scan.skipped().forEach(tally::skipped);
        own = scan.files();
        listWhenReady();
    }

    private void listWhenReady() {
        FileListing files = own;
        if (files == null || !mayList || over) {
            return;
        }
        FileListing listed = files.filter(this::isListed);
        uploads = new Uploads(
                this,
                listed,
                profile.level().requestPace(),
                source -> new FileSender(
                        link, work, profile.level().checksum(), store, BufferSize.LARGE, source, tally::moved));
        downloads = new Downloads(this, profile, services.names(), files, receiver, services.offersMemoryBytes());
        listing = new ListingSender(link, listed, () -> {
            emit(new ListingEnd());
            awaitServer();
        });
        listing.proceed();
    }

    private boolean isListed(FileEntry file) {
        String name = file.path().text();
        if (!profile.level().canCarry(name)) {
            tally.skipped(new SkippedFile(
                    name, SkipReason.NAME, profile.level().greeting() + " can't carry the name; rename it"));
            return false;
        }
        return !attempt.leftOut().contains(file.path());
    }

    /** Gives the server time for its next line, where the next thing to come is one of its lines. */
    private void awaitServer() {
        boolean listsStill = mayList && (listing == null || !listing.isDone());
        boolean sendsStill = uploads != null && uploads.isBusy();
        boolean ownTurn = listsStill || sendsStill || state == SessionState.ENDED;
        boolean opening = state.compareTo(SessionState.GREETED) < 0;
        link.await(
                ownTurn
                        ? Awaited.nothing()
                        : Awaited.within(
                                opening
                                        ? services.patience().opening()
                                        : services.patience().answer(),
                                "its next line"));
    }

    @Override
    public void going(RelativePath path, long bytes) {
        tally.going(path.text(), bytes);
    }

    @Override
    public void leftAtMost(int files, long bytes) {
        tally.leftAtMost(files, bytes);
    }

    @Override
    public void sent(RelativePath path, long bytes) {
        tally.sent(path.text(), bytes);
        awaitServer();
    }

    @Override
    public void unsendable(RelativePath path, SkippedFile why) {
        tally.skipped(why);
        end(new SessionFailure(Kind.OTHER, path.text() + ": " + why.detail(), null, attempt.without(path)));
    }

    @Override
    public void received(RelativePath path, long bytes) {
        tally.received(path.text(), bytes);
    }

    @Override
    public void skipped(SkippedFile file) {
        tally.skipped(file);
    }

    @Override
    public void hint(String sentence) {
        tally.hint(sentence);
    }

    @Override
    public void downloadsDone() {
        require(uploads).warning().ifPresent(tally::hint);
        end(null);
    }

    private void lost(String how, @Nullable Throwable cause) {
        if (state == SessionState.ENDED) {
            // The server had said its last word; what it gave is still being stored.
            return;
        }
        boolean pathUnanswered =
                state == SessionState.LISTING && profile.level().checksum() != Checksum.NONE && !mayList;
        boolean listingUnanswered = profile.level().checksum() == Checksum.NONE
                && !requestAnswered
                && state.compareTo(SessionState.LISTING) >= 0;
        end(
                pathUnanswered || listingUnanswered
                        ? SessionFailure.pathRefused(profile, cause)
                        : SessionFailure.lost(how, cause, profile, state));
    }

    private void end(@Nullable SessionFailure failure) {
        if (over) {
            return;
        }
        over = true;
        mailbox.close();
        // After the scan, files that have arrived whole may still be on their way to their places.
        if (own == null) {
            store.cancel();
        }
        receiver.abandon();
        if (uploads != null) {
            uploads.abandon();
        }
        link.closeNow();
        work.runLast(() -> result.complete(Optional.ofNullable(failure)));
    }

    private static <T> T require(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("used in a state that comes before it is set");
        }
        return value;
    }
}
