package org.sksync.server.auth;

import java.security.SecureRandom;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sksync.protocol.message.LoginChallenge;
import org.sksync.protocol.message.LoginConfirmation;
import org.sksync.protocol.message.LoginProof;
import org.sksync.protocol.message.LoginStart;
import org.sksync.protocol.session.SyncProtocolException;
import org.sksync.protocol.session.SyncProtocolException.Reason;
import org.sksync.protocol.srp.FakeVerifiers;
import org.sksync.protocol.srp.Hex;
import org.sksync.protocol.srp.SrpChallenge;
import org.sksync.protocol.srp.SrpException;
import org.sksync.protocol.srp.SrpServerHandshake;
import org.sksync.protocol.srp.SrpVerifier;
import org.sksync.protocol.srp.UserName;

/**
 * One login: a challenge, then one try at the proof. An unknown user goes the same way, with a made-up verifier that is
 * always the same for that name, and fails at the proof.
 *
 * <p>The arithmetic of {@link #challenge} and {@link #confirm} takes about a millisecond: call them off the event loop,
 * one thread at a time. Every refusal has the
 * reason {@link Reason#LOGIN_REFUSED}; its message is for the log, the peer learns nothing but that it failed.
 */
public final class LoginConversation {

    private final VerifierLookup verifiers;
    private final FakeVerifiers fakes;
    private final SecureRandom random;
    private @Nullable UserName user;
    private byte[] publicA = {};
    private boolean known;
    private boolean confirmed;
    private @Nullable SrpServerHandshake handshake;

    /** Creates a conversation for one connection. */
    public LoginConversation(VerifierLookup verifiers, FakeVerifiers fakes, SecureRandom random) {
        this.verifiers = verifiers;
        this.fakes = fakes;
        this.random = random;
    }

    /**
     * Takes the opening; cheap enough for any thread.
     *
     * @return the name that the client gave, of a user that need not exist
     * @throws SyncProtocolException if its fields are no login
     */
    public UserName begin(LoginStart start) throws SyncProtocolException {
        try {
            UserName name = UserName.fromUtf8(Hex.decode("user name", start.userHex(), UserName.MAX_BYTES));
            user = name;
            publicA = Hex.decode("public key A", start.publicKeyHex(), SrpServerHandshake.MAX_PUBLIC_KEY_BYTES);
            return name;
        } catch (SrpException e) {
            throw refused(e.getMessage());
        }
    }

    /**
     * Answers the opening.
     *
     * @throws SyncProtocolException if its key is none, or there was no opening
     */
    public LoginChallenge challenge() throws SyncProtocolException {
        UserName name = user;
        if (name == null) {
            throw refused("challenge without an opening");
        }
        try {
            Optional<SrpVerifier> verifier = verifiers.find(name);
            known = verifier.isPresent();
            // Made for a known user too, so that both cost the same.
            SrpVerifier made = fakes.verifierFor(name);
            SrpServerHandshake begun = new SrpServerHandshake(name, verifier.orElse(made), publicA, random);
            handshake = begun;
            SrpChallenge challenge = begun.challenge();
            return new LoginChallenge(challenge.saltHex(), challenge.publicKeyHex());
        } catch (SrpException e) {
            throw refused(e.getMessage());
        }
    }

    /**
     * Checks the proof.
     *
     * @throws SyncProtocolException if it is wrong, or there was no challenge
     */
    public LoginConfirmation confirm(LoginProof proof) throws SyncProtocolException {
        SrpServerHandshake begun = handshake;
        if (begun == null) {
            throw refused("proof without a challenge");
        }
        handshake = null;
        try {
            byte[] clientProof = Hex.decode("proof", proof.proofHex(), SrpServerHandshake.PROOF_BYTES);
            Optional<byte[]> confirmation = begun.verify(clientProof);
            if (!known) {
                throw refused("no such user");
            }
            byte[] serverProof = confirmation.orElseThrow(() -> refused("wrong password"));
            confirmed = true;
            return new LoginConfirmation(Hex.encode(serverProof));
        } catch (SrpException e) {
            throw refused(e.getMessage());
        }
    }

    /** Returns the name that the client gave, whether it was confirmed or not. */
    public Optional<UserName> user() {
        return Optional.ofNullable(user);
    }

    /** Tells whether the client has proven that it knows the user's password. */
    public boolean isConfirmed() {
        return confirmed;
    }

    private static SyncProtocolException refused(@Nullable String why) {
        return new SyncProtocolException(Reason.LOGIN_REFUSED, "login: " + why);
    }
}
