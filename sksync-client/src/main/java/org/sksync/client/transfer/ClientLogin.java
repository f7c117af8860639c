package org.sksync.client.transfer;

import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sksync.client.config.Credentials;
import org.sksync.client.report.SyncFailedException.Kind;
import org.sksync.protocol.message.LoginChallenge;
import org.sksync.protocol.message.LoginConfirmation;
import org.sksync.protocol.message.LoginProof;
import org.sksync.protocol.message.LoginStart;
import org.sksync.protocol.srp.Hex;
import org.sksync.protocol.srp.InnerDigest;
import org.sksync.protocol.srp.SrpClientHandshake;
import org.sksync.protocol.srp.SrpException;
import org.sksync.protocol.srp.SrpServerHandshake;
import org.sksync.protocol.srp.SrpVerifier;

/**
 * The login of one session, where it has one. {@link #begin} and {@link #proof} take their time and run off the owner
 * thread, in this order; what follows is told on the owner thread afterwards.
 */
final class ClientLogin {

    private final Optional<Credentials> credentials;
    private final Attempt attempt;
    private final SecureRandom random;
    private volatile @Nullable SrpClientHandshake handshake;

    ClientLogin(Optional<Credentials> credentials, Attempt attempt, SecureRandom random) {
        this.credentials = credentials;
        this.attempt = attempt;
        this.random = random;
    }

    boolean isWanted() {
        return credentials.isPresent();
    }

    LoginStart begin() throws SrpException {
        Credentials login = credentials.orElseThrow();
        SrpClientHandshake begun =
                new SrpClientHandshake(login.user(), login.password(), attempt.innerDigest(), random);
        handshake = begun;
        return new LoginStart(Hex.encode(login.user().utf8()), Hex.encode(begun.publicKey()));
    }

    LoginProof proof(LoginChallenge challenge) throws SrpException {
        return new LoginProof(Hex.encode(begun().proof(
                        Hex.decode("salt", challenge.saltHex(), SrpVerifier.MAX_SALT_BYTES),
                        Hex.decode(
                                "public key B", challenge.publicKeyHex(), SrpServerHandshake.MAX_PUBLIC_KEY_BYTES))));
    }

    /** Returns why the session ends after this message; empty if the server has proven that it knows the verifier. */
    Optional<SessionFailure> confirmed(LoginConfirmation message) throws SrpException {
        byte[] proof = Hex.decode("server proof", message.proofHex(), SrpServerHandshake.PROOF_BYTES);
        return begun().confirms(proof)
                ? Optional.empty()
                : Optional.of(SessionFailure.of(
                        Kind.IDENTITY,
                        "login: the server could not prove that it knows the user's verifier; it may be an impostor,"
                                + " so check host and its certificate before you try again"));
    }

    /** Returns why the session ends where the server has refused the login, or the greeting without one. */
    SessionFailure refused() {
        String why = credentials
                .map(login -> "the server refused the login of user "
                        + login.user().value() + "; check user name and password")
                .orElse("the server demands a login; set username and password");
        // Verifiers that were made without the digest's leading zeros are about; the right password fails with them.
        SrpClientHandshake done = handshake;
        boolean mayBeStripped = done != null && done.mayFitStrippedVerifier();
        return new SessionFailure(
                Kind.IDENTITY, why, null, mayBeStripped ? attempt.with(InnerDigest.LEADING_ZEROS_STRIPPED) : null);
    }

    private SrpClientHandshake begun() {
        SrpClientHandshake begun = handshake;
        if (begun == null) {
            throw new IllegalStateException("the login was not begun");
        }
        return begun;
    }
}
