package org.sksync.protocol.srp;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.agreement.srp.SRP6StandardGroups;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.util.BigIntegers;
import org.sksync.protocol.srp.SrpException.Reason;

/**
 * The formulas of the login, with the names they have in RFC 5054 and in the protocol description.
 *
 * <pre>
 * k = H(N | g)      u = H(A | B)      x = H(s | H(I | ":" | p))      v = g^x
 * S = (B - k g^x)^(a + u x) = (A v^u)^b                              all mod N
 * K = H(S)          M = H((H(N) xor H(g)) | H(I) | s | A | B | K)    HAMK = H(A | M | K)
 * </pre>
 *
 * <p>Integers, the salt among them, are hashed in their shortest big-endian form and never padded to the length of N.
 * That is why Bouncy Castle's own SRP-6 client and server, which pad as RFC 5054 says, cannot be used. Digests are
 * hashed whole.
 */
final class SrpMath {

    static final BigInteger N = SRP6StandardGroups.rfc5054_2048.getN();
    static final BigInteger G = SRP6StandardGroups.rfc5054_2048.getG();

    /** The most bytes that A, B or a verifier can have. */
    static final int MAX_INTEGER_BYTES = 256;

    static final BigInteger K_MULTIPLIER = new BigInteger(1, hash(shortest(N), shortest(G)));

    private static final byte[] HASH_OF_GROUP = xor(hash(shortest(N)), hash(shortest(G)));
    private static final int SECRET_BITS = 256;

    private SrpMath() {}

    static BigInteger newSecretExponent(SecureRandom random) {
        return new BigInteger(SECRET_BITS, random).setBit(SECRET_BITS - 1);
    }

    static BigInteger clientPublicKey(BigInteger a) {
        return G.modPow(a, N);
    }

    static BigInteger serverPublicKey(BigInteger v, BigInteger b) {
        return K_MULTIPLIER.multiply(v).add(G.modPow(b, N)).mod(N);
    }

    /** Returns H(I | ":" | p), whole. */
    static byte[] innerDigest(UserName user, char[] password) throws SrpException {
        byte[] passwordBytes = utf8(password);
        byte[] digest = hash(user.utf8(), new byte[] {':'}, passwordBytes);
        Arrays.fill(passwordBytes, (byte) 0);
        return digest;
    }

    static BigInteger x(byte[] salt, byte[] innerDigest) {
        return new BigInteger(1, hash(shortest(salt), innerDigest));
    }

    static BigInteger verifier(BigInteger x) {
        return G.modPow(x, N);
    }

    static BigInteger u(BigInteger publicA, BigInteger publicB) throws SrpException {
        return requireScrambler(new BigInteger(1, hash(shortest(publicA), shortest(publicB))));
    }

    static BigInteger requireScrambler(BigInteger u) throws SrpException {
        if (u.signum() == 0) {
            throw new SrpException(Reason.ZERO_SCRAMBLER, "u: 0 (expected: any other value); log in again");
        }
        return u;
    }

    static BigInteger clientSecret(BigInteger publicB, BigInteger x, BigInteger a, BigInteger u) {
        BigInteger base = publicB.subtract(K_MULTIPLIER.multiply(verifier(x))).mod(N);
        return base.modPow(a.add(u.multiply(x)), N);
    }

    static BigInteger serverSecret(BigInteger publicA, BigInteger v, BigInteger u, BigInteger b) {
        return publicA.multiply(v.modPow(u, N)).modPow(b, N);
    }

    static byte[] sessionKey(BigInteger secret) {
        return hash(shortest(secret));
    }

    static byte[] clientProof(UserName user, byte[] salt, BigInteger publicA, BigInteger publicB, byte[] sessionKey) {
        return hash(HASH_OF_GROUP, hash(user.utf8()), shortest(salt), shortest(publicA), shortest(publicB), sessionKey);
    }

    static byte[] serverProof(BigInteger publicA, byte[] clientProof, byte[] sessionKey) {
        return hash(shortest(publicA), clientProof, sessionKey);
    }

    /**
     * Reads A or B.
     *
     * @throws SrpException if it is empty, longer than N, zero, or not below N
     */
    static BigInteger publicKey(String field, byte[] bytes) throws SrpException {
        if (bytes.length == 0 || bytes.length > MAX_INTEGER_BYTES) {
            throw badPublicKey(field, bytes.length + " bytes (expected: 1.." + MAX_INTEGER_BYTES + ")");
        }
        BigInteger value = new BigInteger(1, bytes);
        if (value.signum() == 0 || value.compareTo(N) >= 0) {
            throw badPublicKey(field, (value.signum() == 0 ? "0" : "N or more") + " (expected: 1..N-1)");
        }
        return value;
    }

    static byte[] shortest(BigInteger value) {
        return BigIntegers.asUnsignedByteArray(value);
    }

    private static byte[] shortest(byte[] bytes) {
        return InnerDigest.LEADING_ZEROS_STRIPPED.form(bytes);
    }

    private static byte[] utf8(char[] password) throws SrpException {
        byte[] room = new byte[3 * password.length];
        ByteBuffer out = ByteBuffer.wrap(room);
        boolean refused = StandardCharsets.UTF_8
                .newEncoder()
                .encode(CharBuffer.wrap(password), out, true)
                .isError();
        byte[] bytes = Arrays.copyOf(room, out.position());
        Arrays.fill(room, (byte) 0);
        if (refused) {
            throw new SrpException(
                    Reason.BAD_PASSWORD, "password: holds half a surrogate pair (expected: text that UTF-8 can carry)");
        }
        return bytes;
    }

    private static byte[] hash(byte[]... parts) {
        SHA1Digest digest = new SHA1Digest();
        for (byte[] part : parts) {
            digest.update(part, 0, part.length);
        }
        byte[] out = new byte[digest.getDigestSize()];
        digest.doFinal(out, 0);
        return out;
    }

    private static byte[] xor(byte[] left, byte[] right) {
        byte[] out = left.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] ^= right[i];
        }
        return out;
    }

    private static SrpException badPublicKey(String field, String what) {
        return new SrpException(Reason.BAD_PUBLIC_KEY, field + ": " + what);
    }
}
