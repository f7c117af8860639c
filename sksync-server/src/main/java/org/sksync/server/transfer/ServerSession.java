package org.sksync.server.transfer;

import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.sksync.files.path.RelativePath;
import org.sksync.files.path.ResolvedRoot;
import org.sksync.files.plan.CoarseTimes;
import org.sksync.files.plan.SyncPlan;
import org.sksync.files.scan.FileListing;
import org.sksync.files.scan.SkippedFile;
import org.sksync.files.store.TreeStore;
import org.sksync.protocol.message.ChecksumChoice;
import org.sksync.protocol.message.ClientMessage;
import org.sksync.protocol.message.Established;
import org.sksync.protocol.message.FileContent;
import org.sksync.protocol.message.FileEnd;
import org.sksync.protocol.message.FileReply;
import org.sksync.protocol.message.FileRequest;
import org.sksync.protocol.message.Greeting;
import org.sksync.protocol.message.ListedFile;
import org.sksync.protocol.message.ListingEnd;
import org.sksync.protocol.message.LoginConfirmation;
import org.sksync.protocol.message.LoginProof;
import org.sksync.protocol.message.LoginStart;
import org.sksync.protocol.message.OffersEnd;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.ProtocolLevel.Checksum;
import org.sksync.protocol.message.ProtocolLevel.RequestPace;
import org.sksync.protocol.message.Recursion;
import org.sksync.protocol.message.Refusal;
import org.sksync.protocol.message.RequestsEnd;
import org.sksync.protocol.message.ServerMessage;
import org.sksync.protocol.message.SyncRequest;
import org.sksync.protocol.session.SessionEvent;
import org.sksync.protocol.session.SessionState;
import org.sksync.protocol.session.SyncProtocolException;
import org.sksync.protocol.session.SyncProtocolException.Reason;
import org.sksync.protocol.srp.UserName;
import org.sksync.server.auth.ClientIdentity;
import org.sksync.server.auth.ClientNetwork;
import org.sksync.server.auth.LoginConversation;
import org.sksync.server.config.LoginPolicy;
import org.sksync.server.config.ServerConfig;
import org.sksync.server.config.Timeouts;
import org.sksync.server.transfer.SessionSummary.TransferCount;
import org.sksync.transport.tls.Fingerprint;
import org.sksync.transport.transfer.BufferSize;
import org.sksync.transport.transfer.FailureText;
import org.sksync.transport.transfer.FileReceiver;
import org.sksync.transport.transfer.FileSender;
import org.sksync.transport.transfer.Mailbox;
import org.sksync.transport.transfer.PeerLink;
import org.sksync.transport.transfer.PeerSession;
import org.sksync.transport.transfer.SerialExecutor;
import org.sksync.transport.transfer.SessionWork;
import org.sksync.transport.watch.Awaited;

/**
 * One client's conversation, from connection to close.
 *
 * <p>The session runs on its owner thread. What blocks is done elsewhere, and while an answer is awaited the mailbox is
 * held, so that messages are met in their order. The client's listing is read while the own directory is scanned; the
 * plan is made when both are there, then the client is asked for files, then it is given files. Every way out leads
 * through {@link #end}.
 */
public final class ServerSession implements PeerSession<ClientMessage> {

    /** A client can list a million names that this disk can't hold. */
    private static final int MAX_TOLD = 200;

    private static final String STOPPED = "cut short: the daemon stops";

    private final SessionServices services;
    private final ServerConfig config;
    private final PeerLink link;
    private final String peer;
    private final ClientNetwork network;
    private final Runnable onAdmitted;
    private final SessionListener listener;
    private final Instant connected;
    private final Mailbox<ClientMessage> mailbox;
    private final Executor shared;
    private final SessionWork work;
    private final LoginConversation login;
    private final ClientIdentity identity;
    private final Receiving receiving = new Receiving();
    private final CompletableFuture<SessionSummary> summary = new CompletableFuture<>();

    private SessionState state = SessionState.START;
    private volatile boolean admitted;
    private volatile boolean ended;
    private Runnable forgetOpening = () -> {};
    private int skipped;
    private ProtocolLevel level = ProtocolLevel.SKSYNC_1;
    private BufferSize buffers = BufferSize.SMALL;
    private @Nullable Preparation preparation;
    private @Nullable Transfers transfers;

    /**
     * Creates the session of a new connection.
     *
     * @param terms what it goes by, to its end
     * @param peer the client's address, for the log
     * @param network where it connects from
     * @param onAdmitted told once the client's greeting is accepted
     */
    public ServerSession(
            SessionServices services,
            SessionTerms terms,
            PeerLink link,
            String peer,
            ClientNetwork network,
            Runnable onAdmitted,
            SessionListener listener) {
        this.services = services;
        this.config = terms.config();
        this.link = link;
        this.peer = peer;
        this.network = network;
        this.onAdmitted = onAdmitted;
        this.listener = listener;
        this.connected = services.clock().instant();
        this.mailbox = new Mailbox<>(link, this::handle, this::cutShort);
        this.shared = services.disk().executor(timeouts().disk(), this::diskStuck);
        this.work = new SessionWork(() -> new SerialExecutor(shared), link.owner(), this::failed);
        this.login = new LoginConversation(config.verifiers(), terms.fakes(), services.random());
        this.identity = new ClientIdentity(config.access().certificates());
    }

    @Override
    public void opened() {
        forgetOpening = link.schedule(this::openingTimeUp, timeouts().opening());
        try {
            identity.certificate(link.tlsSession().flatMap(Fingerprint::ofPeer));
        } catch (SyncProtocolException e) {
            failed(e);
        }
    }

    @Override
    public void received(ClientMessage message) {
        mailbox.offer(message);
    }

    @Override
    public void writable() {
        if (transfers != null) {
            transfers.downloads().writable();
        }
    }

    @Override
    public void inputEnded() {
        mailbox.end();
    }

    private void openingTimeUp() {
        if (state.compareTo(SessionState.GREETED) < 0) {
            end("cut short: no greeting within " + timeouts().opening().toSeconds() + " s", Closing.GRACEFUL);
        }
    }

    @Override
    public void tooSlow(String how) {
        end("cut short: the client " + how, Closing.AT_ONCE);
    }

    private Timeouts timeouts() {
        return config.limits().timeouts();
    }

    /** Ends the session though its disk work does not; on any thread. */
    private void diskStuck(String where) {
        link.owner().execute(() -> {
            if (!ended) {
                String what =
                        "the disk was busy for more than " + timeouts().disk().toSeconds() + " s with " + where;
                // The summary has to wait for the disk.
                listener.warning(peer, "session ended: " + what);
                end("cut short: " + what, Closing.AT_ONCE);
            }
        });
    }

    /** Ends the session because the daemon stops; on any thread. */
    public void stop() {
        link.owner().execute(() -> end(STOPPED, Closing.AT_ONCE));
    }

    /** Ends the session because the daemon stops, unless it has got as far as its request; on any thread. */
    public void stopUnlessRunning() {
        link.owner().execute(() -> {
            if (state.compareTo(SessionState.LISTING) < 0) {
                end(STOPPED, Closing.AT_ONCE);
            }
        });
    }

    /**
     * Ends the session if its client would not get in, or would be refused its directory, under a configuration that
     * has come into force meanwhile; on any thread.
     */
    public void review() {
        try {
            link.owner().execute(() -> {
                // Before the greeting nothing is given, and at the greeting what is in force is looked at.
                if (admitted && !ended) {
                    reviewStanding();
                    reviewDirectory();
                }
            });
        } catch (RejectedExecutionException e) {
            // The owner thread has ended with the program, and the session with it.
            return;
        }
    }

    private void reviewStanding() {
        Standing.whyLost(config, identity, login.isConfirmed(), inForce()).ifPresent(this::endSinceConfigured);
    }

    private void reviewDirectory() {
        ServerConfig now = inForce();
        Optional<Preparation> begun = Optional.ofNullable(preparation);
        Optional<ResolvedRoot> root = begun.flatMap(Preparation::root);
        if (ended || root.isEmpty() || now.equals(config)) {
            return;
        }
        try {
            // Beside the session's own work, which may be long.
            shared.execute(() -> begun.get().whyRefused(now, root.get()).ifPresent(why -> link.owner()
                    .execute(() -> endSinceConfigured(why))));
        } catch (RejectedExecutionException e) {
            end(STOPPED, Closing.AT_ONCE);
        }
    }

    private void endSinceConfigured(String why) {
        end("cut short: the configuration has changed, " + why, Closing.AT_ONCE);
    }

    private ServerConfig inForce() {
        return services.inForce().get().config();
    }

    /** Tells whether the client's directory was opened. Safe on any thread, once the session is over. */
    public boolean hasOpened() {
        return Optional.ofNullable(preparation).flatMap(Preparation::store).isPresent();
    }

    /** Returns how the session goes, or nothing any more once it is over; safe on any thread. */
    public CompletionStage<SessionSummary> soFar() {
        CompletableFuture<SessionSummary> now = new CompletableFuture<>();
        try {
            link.owner().execute(() -> now.complete(summarise(state.name().toLowerCase(Locale.ROOT))));
        } catch (RejectedExecutionException e) {
            now.completeExceptionally(e);
        }
        return now.minimalCompletionStage();
    }

    /** Tells whether the client's greeting was ever accepted. Safe on any thread. */
    public boolean isAdmitted() {
        return admitted;
    }

    /** Returns how the session went, once it is over and has let go of its files. Safe on any thread. */
    public CompletionStage<SessionSummary> ended() {
        return summary.minimalCompletionStage();
    }

    @Override
    public void failed(Throwable cause) {
        if (ended) {
            return;
        }
        if (cause instanceof SyncProtocolException refusal) {
            refuse(refusal);
        } else if (cause instanceof IOException) {
            end("cut short: " + FailureText.of(cause), Closing.GRACEFUL);
        } else {
            listener.bug(peer, cause);
            end("failed: a fault in this program, see the log", Closing.AT_ONCE);
        }
    }

    private void refuse(SyncProtocolException refusal) {
        boolean beforeGreeting = state.compareTo(SessionState.GREETED) < 0;
        boolean loginDemanded = config.loginPolicy() == LoginPolicy.REQUIRED;
        if (refusal.reason() == Reason.LOGIN_REFUSED) {
            listener.loginRefused();
        }
        if (refusal.reason() == Reason.LOGIN_REFUSED || (beforeGreeting && loginDemanded)) {
            link.send(new Refusal());
        }
        String claimed = login.isConfirmed()
                ? ""
                : login.user()
                        .map(name -> " (as " + SyncProtocolException.excerpt(name.value()) + ")")
                        .orElse("");
        end("refused: " + refusal.getMessage() + claimed, Closing.GRACEFUL);
    }

    private void handle(ClientMessage message) {
        try {
            state = state.next(SessionEvent.of(message));
            message.accept(receiving).ifPresent(answer -> {
                emit(answer);
                link.flush();
            });
        } catch (SyncProtocolException | RuntimeException e) {
            ReferenceCountUtil.safeRelease(message);
            failed(e);
        }
    }

    private void emit(ServerMessage message) {
        try {
            state = state.next(SessionEvent.of(message));
        } catch (SyncProtocolException e) {
            throw new IllegalStateException("the session's own message is out of order", e);
        }
        link.send(message);
    }

    /** What the session does for each message, and what it answers at once; the state has allowed it. */
    private final class Receiving implements ClientMessage.Visitor<Optional<ServerMessage>, SyncProtocolException> {

        @Override
        public Optional<ServerMessage> visit(LoginStart message) throws SyncProtocolException {
            Duration delay = services.throttle().delay(login.begin(message), network);
            mailbox.hold();
            if (delay.isZero()) {
                loginStep(login::challenge);
            } else {
                listener.loginDelayed();
                link.schedule(() -> loginStep(login::challenge), delay);
            }
            return Optional.empty();
        }

        @Override
        public Optional<ServerMessage> visit(LoginProof message) {
            mailbox.hold();
            loginStep(() -> confirm(message));
            return Optional.empty();
        }

        @Override
        public Optional<ServerMessage> visit(Greeting message) throws SyncProtocolException {
            requireLogin();
            requireStanding();
            level = message.level();
            admitted = true;
            onAdmitted.run();
            link.await(Awaited.within(timeouts().request(), "its request"));
            return Optional.of(new Established());
        }

        @Override
        public Optional<ServerMessage> visit(SyncRequest message) {
            requested(message);
            return Optional.empty();
        }

        @Override
        public Optional<ServerMessage> visit(ListedFile message) throws SyncProtocolException {
            require(preparation).listed(message);
            return Optional.empty();
        }

        @Override
        public Optional<ServerMessage> visit(ListingEnd message) {
            link.await(Awaited.nothing());
            require(preparation).listingEnded();
            return Optional.empty();
        }

        @Override
        public Optional<ServerMessage> visit(FileReply message) throws SyncProtocolException {
            // Before the plan is made nothing was asked for.
            if (transfers == null) {
                throw new SyncProtocolException(Reason.NOT_AGREED, "file: came before one was asked for");
            }
            transfers.uploads().reply(message);
            return Optional.empty();
        }

        @Override
        public Optional<ServerMessage> visit(FileContent message) {
            require(transfers).uploads().content(message);
            return Optional.empty();
        }

        @Override
        public Optional<ServerMessage> visit(FileEnd message) {
            require(transfers).uploads().end(message);
            return Optional.empty();
        }
    }

    private void loginStep(LoginStep step) {
        try {
            services.logins().execute(network, () -> {
                if (ended) {
                    return;
                }
                try {
                    ServerMessage answer = step.answer();
                    link.owner().execute(() -> loginAnswered(answer));
                } catch (SyncProtocolException | RuntimeException | Error e) {
                    link.owner().execute(() -> failed(e));
                }
            });
        } catch (RejectedExecutionException e) {
            end(STOPPED, Closing.AT_ONCE);
        }
    }

    private LoginConfirmation confirm(LoginProof proof) throws SyncProtocolException {
        UserName name = login.user().orElseThrow();
        try {
            LoginConfirmation confirmation = login.confirm(proof);
            services.throttle().succeeded(name, network);
            return confirmation;
        } catch (SyncProtocolException e) {
            services.throttle().failed(name, network);
            throw e;
        }
    }

    private void loginAnswered(ServerMessage answer) {
        if (ended) {
            return;
        }
        try {
            if (login.isConfirmed() && login.user().isPresent()) {
                identity.login(login.user().get());
            }
        } catch (SyncProtocolException e) {
            failed(e);
            return;
        }
        emit(answer);
        link.flush();
        mailbox.release();
    }

    private void requireLogin() throws SyncProtocolException {
        if (config.loginPolicy() == LoginPolicy.REQUIRED && !login.isConfirmed()) {
            throw new SyncProtocolException(
                    Reason.LOGIN_REFUSED, "login: none (expected: a login before the greeting, require_auth is true)");
        }
    }

    private void requireStanding() throws SyncProtocolException {
        Optional<String> lost = Standing.whyLost(config, identity, login.isConfirmed(), inForce());
        if (lost.isPresent()) {
            throw new SyncProtocolException(
                    Reason.LOGIN_REFUSED, "login: the configuration has changed, " + lost.get());
        }
    }

    private void requested(SyncRequest message) {
        mailbox.hold();
        link.await(Awaited.withinAndAt(timeouts().listing(), timeouts().pace(), "its listing"));
        Preparation begun = new Preparation(new Preparing(), services, config, message, identity.user(), work.files());
        preparation = begun;
        begun.begin();
    }

    /** What the session does as its preparation gets on. */
    private final class Preparing implements Preparation.Host {

        @Override
        public void opened(ResolvedRoot root) {
            if (root.replaced()) {
                listener.warning(
                        peer,
                        "server path "
                                + SyncProtocolException.excerpt(
                                        require(preparation).request().serverPath())
                                + " is not allowed, replaced by " + root.directory()
                                + " (server_dir_whitelist_policy is silent)");
            }
            if (level.checksum() != Checksum.NONE) {
                emit(new ChecksumChoice());
                link.flush();
            }
            mailbox.release();
            // What came into force while the directory was looked for could not be held against it then.
            reviewDirectory();
        }

        @Override
        public void skipped(SkippedFile file) {
            leaveOut(file);
        }

        @Override
        public void warning(String text) {
            listener.warning(peer, text);
        }

        @Override
        public void failed(Throwable cause) {
            ServerSession.this.failed(cause);
        }

        @Override
        public void planned(Planned planned, FileListing own, TreeStore store) {
            int requestsAhead = level.requestPace() == RequestPace.LOCKSTEP
                    ? Uploads.LOCKSTEP
                    : config.limits().requestsAhead();
            SyncPlan plan = planned.plan();
            Transferring host = new Transferring(planned.tellsOfTimes());
            buffers = services.largeBuffers().take();
            FileReceiver receiver = new FileReceiver(mailbox, work, level.checksum(), store, buffers);
            Awaiting awaiting = new Awaiting(link, timeouts(), level.checksum());
            FreeSpace room = new FreeSpace(store, config.limits().freeDiskBytes());
            Uploads uploads = new Uploads(host, plan, own, receiver, awaiting, room, requestsAhead);
            Downloads downloads = new Downloads(
                    host,
                    plan,
                    level,
                    source -> new FileSender(link, work, level.checksum(), store, buffers, source, bytes -> {}));
            transfers = new Transfers(uploads, downloads, receiver, store);
            uploads.proceed();
            link.flush();
        }
    }

    /** What the session does as files move. */
    private final class Transferring implements Uploads.Host, Downloads.Host {

        private boolean toldOfTimes;

        Transferring(boolean toldOfTimes) {
            this.toldOfTimes = toldOfTimes;
        }

        @Override
        public void request(FileRequest message) {
            if (!ended) {
                emit(message);
            }
        }

        @Override
        public void uploadsDone() {
            if (!ended) {
                emit(new RequestsEnd());
                link.flush();
                require(transfers).downloads().begin();
            }
        }

        @Override
        public void downloadsDone() {
            TreeStore store = require(transfers).store();
            // The client may take the last line for a promise that its files are safe.
            work.commits()
                    .run(
                            () -> {
                                store.close();
                                return store;
                            },
                            closed -> finish());
        }

        @Override
        public void skipped(SkippedFile file) {
            leaveOut(file);
        }

        @Override
        public void timeRounded(RelativePath path) {
            if (!toldOfTimes && CoarseTimes.matterTo(require(preparation).policy())) {
                toldOfTimes = true;
                listener.warning(peer, CoarseTimes.adviceOfRounding(path, Planned.CONFIGURATION));
            }
        }

        @Override
        public void broken(SkippedFile file) {
            leaveOut(file);
            end("cut short in the middle of a file: " + file.name() + " " + file.detail(), Closing.GRACEFUL);
        }

        @Override
        public void failed(Throwable cause) {
            ServerSession.this.failed(cause);
        }
    }

    private void finish() {
        if (!ended) {
            emit(new OffersEnd());
            end("done", Closing.GRACEFUL);
        }
    }

    private void leaveOut(SkippedFile file) {
        skipped++;
        if (skipped <= MAX_TOLD) {
            listener.skipped(peer, file);
        } else if (skipped == MAX_TOLD + 1) {
            listener.warning(peer, "more files are left out than are told one by one; the session's line counts them");
        }
    }

    private void cutShort() {
        end(
                "cut short: the client closed the connection while the session was "
                        + state.name().toLowerCase(Locale.ROOT),
                Closing.AT_ONCE);
    }

    private void end(String outcome, Closing closing) {
        if (ended) {
            return;
        }
        ended = true;
        // A session that is over is not kept in memory until its time would have been up.
        forgetOpening.run();
        mailbox.close();
        if (preparation != null) {
            preparation.cancel();
        }
        if (transfers != null) {
            transfers.abandon();
        }
        if (closing == Closing.GRACEFUL) {
            link.closeGracefully();
        } else {
            link.closeNow();
        }
        Optional<Preparation> prepared = Optional.ofNullable(preparation);
        BufferSize had = buffers;
        work.runLast(() -> {
            services.largeBuffers().giveBack(had);
            String closed = prepared.flatMap(Preparation::store)
                    .map(ServerSession::close)
                    .orElse("");
            tellEnd(outcome + closed);
        });
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

    /** Makes the summary when all that was under way has been counted. */
    private void tellEnd(String outcome) {
        try {
            link.owner().execute(() -> summary.complete(summarise(outcome)));
        } catch (RejectedExecutionException e) {
            // The owner thread has ended with the program, so nothing is counted any more.
            summary.complete(summarise(outcome));
        }
    }

    private SessionSummary summarise(String outcome) {
        Optional<SyncRequest> asked = Optional.ofNullable(preparation).map(Preparation::request);
        Optional<Transfers> moved = Optional.ofNullable(transfers);
        return new SessionSummary(
                peer,
                identity.user().map(UserName::value).orElse("-"),
                asked.map(SyncRequest::serverPath).orElse("-"),
                asked.map(ServerSession::typeOf).orElse("-"),
                moved.map(files -> files.uploads().count()).orElse(TransferCount.NONE),
                moved.map(files -> files.downloads().count()).orElse(TransferCount.NONE),
                skipped,
                Duration.between(connected, services.clock().instant()),
                outcome);
    }

    private static String typeOf(SyncRequest request) {
        return request.type().configName() + (request.recursion() == Recursion.RECURSIVE ? "/recursive" : "");
    }

    private static <T> T require(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("used in a state that comes before it is set");
        }
        return value;
    }

    /** One step of a login, done off the owner thread. */
    private interface LoginStep {

        ServerMessage answer() throws SyncProtocolException;
    }

    private enum Closing {
        /** What was sent reaches the client. */
        GRACEFUL,
        AT_ONCE
    }
}
