package org.sksync.server.transfer;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.sksync.protocol.message.LoginConfirmation;
import org.sksync.protocol.message.LoginProof;
import org.sksync.protocol.message.LoginStart;
import org.sksync.protocol.message.ServerMessage;
import org.sksync.protocol.session.SyncProtocolException;
import org.sksync.protocol.session.SyncProtocolException.Reason;
import org.sksync.protocol.srp.UserName;
import org.sksync.server.auth.ClientIdentity;
import org.sksync.server.auth.ClientNetwork;
import org.sksync.server.auth.LoginConversation;
import org.sksync.server.config.LoginPolicy;
import org.sksync.server.config.ServerConfig;
import org.sksync.transport.tls.Fingerprint;
import org.sksync.transport.transfer.PeerLink;

/**
 * Who one client is, and whether that lets it in: by its certificate, by its login, and by the configuration that is in
 * force meanwhile. The arithmetic is done in the queue of all logins, all else on the owner thread.
 */
final class SessionLogin {

    /** What {@link SessionLogin} needs of its session; all but {@link #isOver} is called on the owner thread. */
    interface Host {

        boolean isOver();

        /** The client's last word has its answer. */
        void answered(ServerMessage answer);

        void failed(Throwable cause);

        /** The daemon stops, and takes no more logins. */
        void stopped();
    }

    private final Host host;
    private final SessionServices services;
    private final ServerConfig config;
    private final ClientNetwork network;
    private final PeerLink link;
    private final LoginConversation conversation;
    private final ClientIdentity identity;

    SessionLogin(Host host, SessionServices services, SessionTerms terms, ClientNetwork network, PeerLink link) {
        this.host = host;
        this.services = services;
        this.config = terms.config();
        this.network = network;
        this.link = link;
        this.conversation = new LoginConversation(config.verifiers(), terms.fakes(), services.random());
        this.identity = new ClientIdentity(config.access().certificates());
    }

    /**
     * Takes note of the certificate that the client has shown, or of none.
     *
     * @throws SyncProtocolException if it would have to be a user's, and is not
     */
    void takeCertificate() throws SyncProtocolException {
        identity.certificate(link.tlsSession().flatMap(Fingerprint::ofPeer));
    }

    /**
     * Takes the opening of a login.
     *
     * @return how long its answer has to wait
     * @throws SyncProtocolException if it is none
     */
    Duration begin(LoginStart message) throws SyncProtocolException {
        return services.throttle().delay(conversation.begin(message), network);
    }

    /** Answers the opening when that time is over. */
    void challengeAfter(Duration delay) {
        if (delay.isZero()) {
            run(conversation::challenge);
        } else {
            link.schedule(() -> run(conversation::challenge), delay);
        }
    }

    /** Answers the proof. */
    void check(LoginProof message) {
        run(() -> confirm(message));
    }

    private void run(Step step) {
        try {
            services.logins().execute(network, () -> {
                if (host.isOver()) {
                    return;
                }
                try {
                    ServerMessage answer = step.answer();
                    link.owner().execute(() -> answered(answer));
                } catch (SyncProtocolException | RuntimeException | Error e) {
                    link.owner().execute(() -> host.failed(e));
                }
            });
        } catch (RejectedExecutionException e) {
            host.stopped();
        }
    }

    private LoginConfirmation confirm(LoginProof proof) throws SyncProtocolException {
        UserName name = conversation.user().orElseThrow();
        try {
            LoginConfirmation confirmation = conversation.confirm(proof);
            services.throttle().succeeded(name, network);
            return confirmation;
        } catch (SyncProtocolException e) {
            services.throttle().failed(name, network);
            throw e;
        }
    }

    private void answered(ServerMessage answer) {
        if (host.isOver()) {
            return;
        }
        try {
            if (conversation.isConfirmed() && conversation.user().isPresent()) {
                identity.login(conversation.user().get());
            }
        } catch (SyncProtocolException e) {
            host.failed(e);
            return;
        }
        host.answered(answer);
    }

    /**
     * Lets the client go on past its greeting.
     *
     * @throws SyncProtocolException if it has to log in first, or would not get in any more as who it is
     */
    void requireAdmittance() throws SyncProtocolException {
        if (config.loginPolicy() == LoginPolicy.REQUIRED && !conversation.isConfirmed()) {
            throw new SyncProtocolException(
                    Reason.LOGIN_REFUSED, "login: none (expected: a login before the greeting, require_auth is true)");
        }
        Optional<String> lost = whyLost();
        if (lost.isPresent()) {
            throw new SyncProtocolException(
                    Reason.LOGIN_REFUSED, "login: the configuration has changed, " + lost.get());
        }
    }

    /** Returns why the client would not get in any more under what is in force now; empty where it would. */
    Optional<String> whyLost() {
        return Standing.whyLost(
                config,
                identity,
                conversation.isConfirmed(),
                services.inForce().get().config());
    }

    /** Returns who the client is, as far as that is known for sure. */
    Optional<UserName> user() {
        return identity.user();
    }

    /** Returns whom the client claims to be, for the end of a line in the log; empty where it claimed nothing, or proved it. */
    String claim() {
        return conversation.isConfirmed()
                ? ""
                : conversation
                        .user()
                        .map(name -> " (as " + SyncProtocolException.excerpt(name.value()) + ")")
                        .orElse("");
    }

    /** One step of a login, done off the owner thread. */
    private interface Step {

        ServerMessage answer() throws SyncProtocolException;
    }
}
