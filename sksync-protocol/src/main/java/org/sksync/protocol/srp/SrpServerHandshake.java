package org.sksync.protocol.srp;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Optional;
import org.sksync.protocol.srp.SrpException.Reason;

/**
 * The server's side of one login.
 *
 * <p>Made from the client's first line; then {@link #challenge()} is sent, and {@link #verify} judges the proof that
 * comes back. Not thread-safe: one owner at a time. Making one and verifying each take about half a millisecond of CPU.
 */
public final class SrpServerHandshake {

    /** The most bytes that the client's public key A may have; hex of more than twice as many digits is not parsed. */
    public static final int MAX_PUBLIC_KEY_BYTES = SrpMath.MAX_INTEGER_BYTES;

    /** The bytes of a proof, the client's M and the server's HAMK alike. */
    public static final int PROOF_BYTES = 20;

    private final UserName user;
    private final SrpVerifier verifier;
    private final BigInteger publicA;
    private final BigInteger publicB;
    private final BigInteger b;
    private final BigInteger u;
    private boolean tried;

    /**
     * Answers a client's first line.
     *
     * @param verifier the user's, or one from {@link FakeVerifiers} for a user that does not exist
     * @param publicA the client's public key A, big-endian; leading zero bytes do not count
     * @throws SrpException {@link Reason#BAD_PUBLIC_KEY} if A is empty, longer than {@value #MAX_PUBLIC_KEY_BYTES}
     *     bytes, zero, or not below N
     */
    public SrpServerHandshake(UserName user, SrpVerifier verifier, byte[] publicA, SecureRandom random)
            throws SrpException {
        this(user, verifier, publicA, SrpMath.newSecretExponent(random));
    }

    SrpServerHandshake(UserName user, SrpVerifier verifier, byte[] publicA, BigInteger b) throws SrpException {
        this.publicA = SrpMath.publicKey("A", publicA);
        this.user = user;
        this.verifier = verifier;
        this.b = b;
        this.publicB = SrpMath.serverPublicKey(verifier.v(), b);
        this.u = SrpMath.u(this.publicA, publicB);
    }

    /** Returns the salt and the public key B to send; always the same ones. */
    public SrpChallenge challenge() {
        return new SrpChallenge(verifier.salt(), publicB);
    }

    /**
     * Judges the client's proof M. A handshake judges one proof: any further one is refused whatever it is.
     *
     * @param clientProof the proof as it came, of any length
     * @return the server's own proof HAMK to send, or empty if the client is not who it says
     */
    public Optional<byte[]> verify(byte[] clientProof) {
        if (tried) {
            return Optional.empty();
        }
        tried = true;
        byte[] sessionKey = SrpMath.sessionKey(SrpMath.serverSecret(publicA, verifier.v(), u, b));
        byte[] expected = SrpMath.clientProof(user, verifier.salt(), publicA, publicB, sessionKey);
        if (!MessageDigest.isEqual(expected, clientProof)) {
            return Optional.empty();
        }
        return Optional.of(SrpMath.serverProof(publicA, expected, sessionKey));
    }
}
