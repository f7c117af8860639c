package org.sksync.client.transfer;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sksync.client.config.SyncProfile;
import org.sksync.client.report.SyncFailedException;
import org.sksync.client.report.SyncFailedException.Kind;
import org.sksync.protocol.session.SessionState;
import org.sksync.protocol.session.SyncProtocolException;
import org.sksync.protocol.srp.SrpException;
import org.sksync.transport.tls.TlsFailure;
import org.sksync.transport.transfer.FailureText;

/**
 * Why a session ended early.
 *
 * @param kind where it failed
 * @param message one sentence
 * @param cause what is behind it, for a stack trace
 * @param next what may work instead
 */
public record SessionFailure(
        Kind kind,
        String message,
        @Nullable Throwable cause,
        @Nullable Attempt next) {

    /** What to do when a session was cut. */
    static final String AGAIN = "; run it again, what has arrived whole is kept";

    static SessionFailure of(Kind kind, String message) {
        return new SessionFailure(kind, message, null, null);
    }

    /** Returns what an exception means for the session; empty if it is that the connection was lost. */
    static Optional<SessionFailure> of(Throwable cause) {
        Optional<String> tls = TlsFailure.describe(cause);
        if (tls.isPresent()) {
            return because(Kind.IDENTITY, "TLS: " + tls.get(), cause);
        }
        if (cause instanceof SyncProtocolException) {
            return because(
                    Kind.PROTOCOL,
                    "the server broke the protocol: " + cause.getMessage() + "; update the program there, or this one",
                    cause);
        }
        if (cause instanceof SyncFailedException failed) {
            return because(failed.kind(), String.valueOf(cause.getMessage()), cause);
        }
        if (cause instanceof SrpException) {
            return because(Kind.IDENTITY, "login: " + cause.getMessage(), cause);
        }
        if (cause instanceof IOException) {
            return Optional.empty();
        }
        return because(
                Kind.OTHER, "a fault in this program: " + FailureText.of(cause) + " (--debug shows where)", cause);
    }

    private static Optional<SessionFailure> because(Kind kind, String message, Throwable cause) {
        return Optional.of(new SessionFailure(kind, message, cause, null));
    }

    /** Returns what it means that the server ended a session that asked for its directory, and did not answer. */
    static SessionFailure pathRefused(SyncProfile profile, @Nullable Throwable cause) {
        return new SessionFailure(
                Kind.PATH,
                "the server ended the session when it was asked for " + profile.serverPath()
                        + "; it does not allow that directory or does not have it, its log says which;"
                        + " correct server_path, or list it in server_dir_whitelist there",
                cause,
                null);
    }

    /**
     * Returns what it means that the connection is gone.
     *
     * @param how what the server did, or what befell the connection
     * @param state where the session stood
     */
    static SessionFailure lost(String how, @Nullable Throwable cause, SyncProfile profile, SessionState state) {
        String where;
        if (state == SessionState.START && profile.tls().isPresent()) {
            where = " during the TLS handshake; is use_ssl the same on both sides?";
        } else if (state == SessionState.CHALLENGING && profile.tls().isEmpty()) {
            where = " without an answer to the login; it may speak TLS alone: is use_ssl the same on both sides?";
        } else if (state == SessionState.GREETED) {
            where = " without an answer to the greeting; is an SK Sync server there, and is use_ssl the same on both"
                    + " sides?";
        } else {
            where = " while the session was " + state.name().toLowerCase(Locale.ROOT) + AGAIN;
        }
        return new SessionFailure(Kind.NETWORK, how + where, cause, null);
    }
}
