package org.sksync.server.transfer;

import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.sksync.files.scan.FileListing;
import org.sksync.files.scan.SkippedFile;
import org.sksync.files.store.TreeStore;
import org.sksync.protocol.message.ChecksumChoice;
import org.sksync.protocol.message.ClientMessage;
import org.sksync.protocol.message.Established;
import org.sksync.protocol.message.FileContent;
import org.sksync.protocol.message.FileEnd;
import org.sksync.protocol.message.FileReply;
import org.sksync.protocol.message.Greeting;
import org.sksync.protocol.message.ListedFile;
import org.sksync.protocol.message.ListingEnd;
import org.sksync.protocol.message.LoginProof;
import org.sksync.protocol.message.LoginStart;
import org.sksync.protocol.message.OffersEnd;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.ProtocolLevel.Checksum;
import org.sksync.protocol.message.Refusal;
import org.sksync.protocol.message.ServerMessage;
import org.sksync.protocol.message.SyncRequest;
import org.sksync.protocol.session.SessionState;
import org.sksync.protocol.session.SyncProtocolException;
import org.sksync.protocol.session.SyncProtocolException.Reason;
import org.sksync.server.auth.ClientNetwork;
import org.sksync.server.config.LoginPolicy;
import org.sksync.server.config.ServerConfig;
import org.sksync.server.config.Timeouts;
import org.sksync.transport.transfer.BufferSize;
import org.sksync.transport.transfer.FailureText;
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

    private static final String STOPPED = "cut short: the daemon stops";

    private final SessionServices services;
    private final ServerConfig config;
    private final PeerLink link;
    private final String peer;
    private final Runnable onAdmitted;
    private final SessionListener listener;
    private final Instant connected;
    private final Mailbox<ClientMessage> mailbox;
    private final Executor shared;
    private final SessionWork work;
    private final Course course;
    private final SessionNotes notes;
    private final SessionLogin login;
    private final SessionEnd ending;
    private final Receiving receiving = new Receiving();
    private final Hosting hosting = new Hosting();

    private volatile boolean admitted;
    private volatile boolean ended;
    private Runnable forgetOpening = () -> {};
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
        this.onAdmitted = onAdmitted;
        this.listener = listener;
        this.connected = services.clock().instant();
        this.mailbox = new Mailbox<>(link, this::handle, this::cutShort);
        this.shared = services.disk().executor(timeouts().disk(), this::diskStuck);
        this.work = new SessionWork(() -> new SerialExecutor(shared), link.owner(), this::failed);
        this.course = new Course(link);
        this.notes = new SessionNotes(peer, listener);
        this.login = new SessionLogin(hosting, services, terms, network, link);
        this.ending = new SessionEnd(work, link.owner());
    }

    @Override
    public void opened() {
        forgetOpening = link.schedule(this::openingTimeUp, timeouts().opening());
        try {
            login.takeCertificate();
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
            transfers.writable();
        }
    }

    @Override
    public void inputEnded() {
        mailbox.end();
    }

    private void openingTimeUp() {
        if (course.isBefore(SessionState.GREETED)) {
            end("cut short: no greeting within " + timeouts().opening().toSeconds() + " s", link::closeGracefully);
        }
    }

    @Override
    public void tooSlow(String how) {
        end("cut short: the client " + how, link::closeNow);
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
                notes.warning("session ended: " + what);
                end("cut short: " + what, link::closeNow);
            }
        });
    }

    /** Ends the session because the daemon stops; on any thread. */
    public void stop() {
        link.owner().execute(() -> end(STOPPED, link::closeNow));
    }

    /** Ends the session because the daemon stops, unless it has got as far as its request; on any thread. */
    public void stopUnlessRunning() {
        link.owner().execute(() -> {
            if (course.isBefore(SessionState.LISTING)) {
                end(STOPPED, link::closeNow);
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
                    login.whyLost().ifPresent(this::endSinceConfigured);
                    reviewDirectory();
                }
            });
        } catch (RejectedExecutionException e) {
            // The owner thread has ended with the program, and the session with it.
            return;
        }
    }

    private void reviewDirectory() {
        if (ended || preparation == null) {
            return;
        }
        try {
            // Beside the session's own work, which may be long.
            preparation.review(services.inForce().get().config(), shared, link.owner(), this::endSinceConfigured);
        } catch (RejectedExecutionException e) {
            end(STOPPED, link::closeNow);
        }
    }

    private void endSinceConfigured(String why) {
        end("cut short: the configuration has changed, " + why, link::closeNow);
    }

    /** Tells whether the client's directory was opened. Safe on any thread, once the session is over. */
    public boolean hasOpened() {
        return Optional.ofNullable(preparation).flatMap(Preparation::store).isPresent();
    }

    /** Returns how the session goes, or nothing any more once it is over; safe on any thread. */
    public CompletionStage<SessionSummary> soFar() {
        CompletableFuture<SessionSummary> now = new CompletableFuture<>();
        try {
            link.owner().execute(() -> now.complete(summarise(course.word())));
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
        return ending.summary();
    }

    @Override
    public void failed(Throwable cause) {
        if (ended) {
            return;
        }
        if (cause instanceof SyncProtocolException refusal) {
            refuse(refusal);
        } else if (cause instanceof IOException) {
            end("cut short: " + FailureText.of(cause), link::closeGracefully);
        } else {
            notes.bug(cause);
            end("failed: a fault in this program, see the log", link::closeNow);
        }
    }

    private void refuse(SyncProtocolException refusal) {
        boolean beforeGreeting = course.isBefore(SessionState.GREETED);
        boolean loginDemanded = config.loginPolicy() == LoginPolicy.REQUIRED;
        if (refusal.reason() == Reason.LOGIN_REFUSED) {
            listener.loginRefused();
        }
        if (refusal.reason() == Reason.LOGIN_REFUSED || (beforeGreeting && loginDemanded)) {
            link.send(new Refusal());
        }
        end("refused: " + refusal.getMessage() + login.claim(), link::closeGracefully);
    }

    private void handle(ClientMessage message) {
        try {
            course.heard(message);
            message.accept(receiving).ifPresent(course::sayNow);
        } catch (SyncProtocolException | RuntimeException e) {
            ReferenceCountUtil.safeRelease(message);
            failed(e);
        }
    }

    /** What the session does for each message, and what it answers at once; the state has allowed it. */
    private final class Receiving implements ClientMessage.Visitor<Optional<ServerMessage>, SyncProtocolException> {

        @Override
        public Optional<ServerMessage> visit(LoginStart message) throws SyncProtocolException {
            Duration delay = login.begin(message);
            mailbox.hold();
            if (!delay.isZero()) {
                listener.loginDelayed();
            }
            login.challengeAfter(delay);
            return Optional.empty();
        }

        @Override
        public Optional<ServerMessage> visit(LoginProof message) {
            mailbox.hold();
            login.check(message);
            return Optional.empty();
        }

        @Override
        public Optional<ServerMessage> visit(Greeting message) throws SyncProtocolException {
            login.requireAdmittance();
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

    private void requested(SyncRequest message) {
        mailbox.hold();
        link.await(Awaited.withinAndAt(timeouts().listing(), timeouts().pace(), "its listing"));
        Preparation begun = new Preparation(hosting, notes, services, config, message, login.user(), work.files());
        preparation = begun;
        begun.begin();
    }

    /** What the session does as its parts get on: the login, the preparation, the moving of files. */
    private final class Hosting implements SessionLogin.Host, Preparation.Host, Transfers.Host {

        @Override
        public boolean isOver() {
            return ended;
        }

        @Override
        public void failed(Throwable cause) {
            ServerSession.this.failed(cause);
        }

        @Override
        public void answered(ServerMessage answer) {
            course.sayNow(answer);
            mailbox.release();
        }

        @Override
        public void stopped() {
            end(STOPPED, link::closeNow);
        }

        @Override
        public void opened() {
            if (level.checksum() != Checksum.NONE) {
                course.sayNow(new ChecksumChoice());
            }
            mailbox.release();
            // What came into force while the directory was looked for could not be held against it then.
            reviewDirectory();
        }

        @Override
        public void planned(Planned planned, FileListing own, TreeStore store) {
            buffers = services.largeBuffers().take();
            Transfers begun = new Transfers(
                    this,
                    notes,
                    planned,
                    own,
                    store,
                    require(preparation).policy(),
                    config.limits(),
                    level,
                    buffers,
                    link,
                    work,
                    mailbox);
            transfers = begun;
            begun.begin();
        }

        @Override
        public void say(ServerMessage message) {
            course.say(message);
        }

        @Override
        public void broken(SkippedFile file) {
            notes.skipped(file);
            end("cut short in the middle of a file: " + file.name() + " " + file.detail(), link::closeGracefully);
        }

        @Override
        public void done() {
            if (!ended) {
                course.say(new OffersEnd());
                end("done", link::closeGracefully);
            }
        }
    }

    private void cutShort() {
        end("cut short: the client closed the connection while the session was " + course.word(), link::closeNow);
    }

    /**
     * Ends the session, unless it is over.
     *
     * @param close closes the connection
     */
    private void end(String outcome, Runnable close) {
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
        close.run();
        BufferSize had = buffers;
        ending.begin(
                Optional.ofNullable(preparation),
                () -> services.largeBuffers().giveBack(had),
                outcome,
                this::summarise);
    }

    private SessionSummary summarise(String outcome) {
        return SessionSummary.of(
                peer,
                login.user(),
                Optional.ofNullable(preparation).map(Preparation::request),
                Optional.ofNullable(transfers),
                notes.skippedFiles(),
                Duration.between(connected, services.clock().instant()),
                outcome);
    }

    private static <T> T require(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("used in a state that comes before it is set");
        }
        return value;
    }
}
