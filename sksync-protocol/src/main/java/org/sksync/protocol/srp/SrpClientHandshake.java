package org.sksync.protocol.srp;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;
import org.sksync.protocol.srp.SrpException.Reason;

/**
 * The client's side of one login.
 *
 * <p>{@link #publicKey()} opens it, {@link #proof} answers the server's challenge, and the session may go on only when
 * {@link #confirms} says that the server knew the verifier too. Holds no password. Not thread-safe: one owner at a time.
 * Making one takes about half a millisecond of CPU, a proof about one.
 */
public final class SrpClientHandshake {

    private final UserName user;
    private final byte[] innerDigest;
    private final InnerDigest form;
    private final BigInteger a;
    private final BigInteger publicA;
    private byte @Nullable [] expectedServerProof;

    /**
     * Prepares a login.
     *
     * @param password any text, also none; not changed and not kept
     * @throws SrpException {@link Reason#BAD_PASSWORD} if UTF-8 cannot carry the password
     */
    public SrpClientHandshake(UserName user, char[] password, SecureRandom random) throws SrpException {
        this(user, password, InnerDigest.WHOLE, random);
    }

    /**
     * Prepares a login in one of the two forms that verifiers are made in.
     *
     * @param form {@link InnerDigest#WHOLE}, or the other one in a second try, on a new connection, after a refused
     *     login for which {@link #mayFitStrippedVerifier()} holds
     * @throws SrpException {@link Reason#BAD_PASSWORD} if UTF-8 cannot carry the password
     */
    public SrpClientHandshake(UserName user, char[] password, InnerDigest form, SecureRandom random)
            throws SrpException {
        this(user, password, form, SrpMath.newSecretExponent(random));
    }

    SrpClientHandshake(UserName user, char[] password, InnerDigest form, BigInteger a) throws SrpException {
        this.user = user;
        this.form = form;
        this.innerDigest = SrpMath.innerDigest(user, password);
        this.a = a;
        this.publicA = SrpMath.clientPublicKey(a);
    }

    /** Returns the client's public key A in its shortest big-endian form. */
    public byte[] publicKey() {
        return SrpMath.shortest(publicA);
    }

    /**
     * Answers the server's challenge.
     *
     * @param salt the user's salt, 1 to {@value SrpVerifier#MAX_SALT_BYTES} bytes
     * @param publicB the server's public key B, big-endian
     * @return the proof M to send
     * @throws SrpException {@link Reason#BAD_SALT} if the salt is empty or too long; {@link Reason#BAD_PUBLIC_KEY} if B
     *     is empty, longer than N, zero, or not below N; {@link Reason#ZERO_SCRAMBLER} if u is zero. Nothing may be sent
     *     to such a server
     */
    public byte[] proof(byte[] salt, byte[] publicB) throws SrpException {
        SrpVerifier.checkSalt(salt);
        BigInteger serverKey = SrpMath.publicKey("B", publicB);
        BigInteger u = SrpMath.u(publicA, serverKey);
        BigInteger x = SrpMath.x(salt, form.form(innerDigest));
        byte[] sessionKey = SrpMath.sessionKey(SrpMath.clientSecret(serverKey, x, a, u));
        byte[] proof = SrpMath.clientProof(user, salt, publicA, serverKey, sessionKey);
        expectedServerProof = SrpMath.serverProof(publicA, proof, sessionKey);
        return proof;
    }

    /**
     * Tells whether the server's proof shows that it holds the user's verifier. False before {@link #proof}.
     *
     * @param serverProof HAMK as it came, of any length
     */
    public boolean confirms(byte[] serverProof) {
        return expectedServerProof != null && MessageDigest.isEqual(expectedServerProof, serverProof);
    }

    /**
     * Tells whether a refusal may be due to a verifier of the form {@link InnerDigest#LEADING_ZEROS_STRIPPED}: this
     * handshake used the whole digest and the digest starts with a zero byte.
     */
    public boolean mayFitStrippedVerifier() {
        return form == InnerDigest.WHOLE && innerDigest[0] == 0;
    }
}
