package org.sksync.client.transfer;

import io.netty.util.ReferenceCountUtil;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.sksync.client.config.SyncProfile;
import org.sksync.client.report.SyncFailedException.Kind;
import org.sksync.client.report.SyncListener;
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
import org.sksync.protocol.message.SyncType;
import org.sksync.protocol.session.SessionEvent;
import org.sksync.protocol.session.SessionState;
import org.sksync.protocol.session.SyncProtocolException;
import org.sksync.protocol.session.SyncProtocolException.Reason;
import org.sksync.protocol.srp.SrpException;
import org.sksync.transport.tls.Fingerprint;
import org.sksync.transport.transfer.DiskWork;
import org.sksync.transport.transfer.FailureText;
import org.sksync.transport.transfer.Mailbox;
import org.sksync.transport.transfer.PeerLink;
import org.sksync.transport.transfer.PeerSession;
import org.sksync.transport.watch.Awaited;

/**
 * One conversation with a server in which no file travels: it logs in, greets, and asks for the directory.
 *
 * <p>A profile that sends files asks to send, lists none and hears the server out. One that only fetches asks to fetch,
 * and leaves as soon as the server has agreed to that: what follows would be files. Either way the directory alone is
 * asked for, not what lies beneath it. Owner thread only, but for {@link #ended} and {@link #stop}.
 */
public final class ProbeSession implements PeerSession<ServerMessage> {

    private final SyncProfile profile;
    private final ClientServices services;
    private final PeerLink link;
    private final SyncListener listener;
    private final Mailbox<ServerMessage> mailbox;
    private final DiskWork work;
    private final ClientLogin login;
    private final Receiving receiving = new Receiving();
    private final CompletableFuture<Optional<SessionFailure>> result = new CompletableFuture<>();

    private SessionState state = SessionState.START;
    private boolean pathAnswered;
    private boolean over;

    /** Creates a session; of the listener, only {@link SyncListener#established} is told. */
    public ProbeSession(
            SyncProfile profile, ClientServices services, PeerLink link, Attempt attempt, SyncListener listener) {
        this.profile = profile;
        this.services = services;
        this.link = link;
        this.listener = listener;
        this.mailbox = new Mailbox<>(link, this::handle, () -> lost("the server closed the connection", null));
        this.work = new DiskWork(services.work().get(), link.owner(), this::failed);
        this.login = new ClientLogin(profile.credentials(), attempt, services.random());
    }

    /** Returns how the session ended: empty if the server has agreed to all. Any thread. */
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
            work.run(login::begin, this::answer);
        } else {
            answer(new Greeting(profile.level()));
        }
    }

    @Override
    public void received(ServerMessage message) {
        mailbox.offer(message);
    }

    @Override
    public void writable() {
        // What is sent is a few lines, and never waits for the server.
    }

    @Override
    public void tooSlow(String how) {
        end(SessionFailure.of(
                Kind.NETWORK,
                "the server " + how + " while the session was "
                        + state.name().toLowerCase(Locale.ROOT)
                        + "; look whether the server is busy or the network slow, then try again"));
    }

    @Override
    public void inputEnded() {
        mailbox.end();
    }

    @Override
    public void failed(Throwable cause) {
        SessionFailure.of(cause).ifPresentOrElse(this::end, () -> lost(FailureText.of(cause), cause));
    }

    /** What the session does for each message, and what it answers at once; the state has allowed it. */
    private final class Receiving implements ServerMessage.Visitor<Optional<ClientMessage>, Exception> {

        @Override
        public Optional<ClientMessage> visit(LoginChallenge message) {
            mailbox.hold();
            work.run(() -> login.proof(message), proof -> {
                answer(proof);
                mailbox.release();
            });
            return Optional.empty();
        }

        @Override
        public Optional<ClientMessage> visit(LoginConfirmation message) throws SrpException {
            Optional<SessionFailure> impostor = login.confirmed(message);
            impostor.ifPresent(ProbeSession.this::end);
            return impostor.isPresent() ? Optional.empty() : Optional.of(new Greeting(profile.level()));
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
            work.run(
                    () -> {
                        listener.established(server);
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
            agreed();
            return profile.type().toServer() ? Optional.of(new ListingEnd()) : Optional.empty();
        }

        @Override
        public Optional<ClientMessage> visit(FileRequest message) throws SyncProtocolException {
            throw new SyncProtocolException(
                    Reason.NOT_AGREED,
                    "requested name: "
                            + SyncProtocolException.excerpt(message.name().text())
                            + " (expected: none, nothing was listed)");
        }

        @Override
        public Optional<ClientMessage> visit(RequestsEnd message) {
            agreed();
            return Optional.empty();
        }

        @Override
        public Optional<ClientMessage> visit(FileOffer message) throws SyncProtocolException {
            throw new SyncProtocolException(
                    Reason.NOT_AGREED,
                    "offered name: "
                            + SyncProtocolException.excerpt(message.name().text())
                            + " (expected: none, the sync type is "
                            + type().configName() + ")");
        }

        @Override
        public Optional<ClientMessage> visit(FileContent message) {
            message.release();
            return Optional.empty();
        }

        @Override
        public Optional<ClientMessage> visit(FileEnd message) {
            return Optional.empty();
        }

        @Override
        public Optional<ClientMessage> visit(OffersEnd message) {
            end(null);
            return Optional.empty();
        }
    }

    private void handle(ServerMessage message) {
        try {
            state = state.next(SessionEvent.of(message));
            message.accept(receiving).ifPresent(this::answer);
            awaitServer();
        } catch (Exception e) {
            ReferenceCountUtil.safeRelease(message);
            failed(e);
        }
    }

    private SyncType type() {
        return profile.type().toServer() ? SyncType.TO_SERVER_NO_TIME : SyncType.FROM_SERVER_NO_TIME;
    }

    private void request() {
        if (over) {
            return;
        }
        answer(new SyncRequest(
                type(),
                Recursion.TOP_LEVEL,
                profile.serverPath(),
                profile.clientPath().toString()));
        if (profile.level().checksum() == Checksum.NONE) {
            answer(new ListingEnd());
        }
    }

    private void agreed() {
        pathAnswered = true;
        if (!profile.type().toServer()) {
            end(null);
        }
    }

    private void answer(ClientMessage message) {
        if (over) {
            return;
        }
        try {
            state = state.next(SessionEvent.of(message));
        } catch (SyncProtocolException e) {
            throw new IllegalStateException("the session's own message is out of order", e);
        }
        link.send(message);
        link.flush();
    }

    private void awaitServer() {
        if (over) {
            return;
        }
        boolean opening = state.compareTo(SessionState.GREETED) <= 0;
        link.await(Awaited.within(
                opening ? services.patience().opening() : services.patience().answer(), "its next line"));
    }

    private void lost(String how, @Nullable Throwable cause) {
        boolean asked = state.compareTo(SessionState.LISTING) >= 0;
        end(
                asked && !pathAnswered
                        ? SessionFailure.pathRefused(profile, cause)
                        : SessionFailure.lost(how, cause, profile, state));
    }

    private void end(@Nullable SessionFailure failure) {
        if (over) {
            return;
        }
        over = true;
        mailbox.close();
        link.closeNow();
        work.runLast(() -> result.complete(Optional.ofNullable(failure)));
    }
}
