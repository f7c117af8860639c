package org.sksync.protocol.srp;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.sksync.protocol.srp.SrpException.Reason;

/**
 * What a server keeps of one user's password: a salt and the verifier {@code v = g^x mod N}.
 *
 * <p>It does not hold the password, but whoever has it can try passwords against it: it is a secret. Immutable.
 */
public final class SrpVerifier {

    /** Bytes of salt in a verifier made by {@link #create}. */
    public static final int SALT_BYTES = 16;

    /** The longest salt that either end takes. */
    public static final int MAX_SALT_BYTES = 64;

    private final byte[] salt;
    private final BigInteger v;

    private SrpVerifier(byte[] salt, BigInteger v) {
        this.salt = salt;
        this.v = v;
    }

    /**
     * Makes a verifier with a fresh salt of {@value #SALT_BYTES} bytes. The first is never zero: old peers drop
     * leading zero bytes.
     *
     * @param password any text, also none; not changed and not kept
     * @throws SrpException {@link Reason#BAD_PASSWORD} if UTF-8 cannot carry the password
     */
    public static SrpVerifier create(UserName user, char[] password, SecureRandom random) throws SrpException {
        byte[] salt = new byte[SALT_BYTES];
        do {
            random.nextBytes(salt);
        } while (salt[0] == 0);
        return new SrpVerifier(salt, compute(salt, user, password));
    }

    /**
     * Takes a stored verifier.
     *
     * @param salt 1 to {@value #MAX_SALT_BYTES} bytes; copied
     * @param v above 1 and below N - 1
     * @throws SrpException {@link Reason#BAD_SALT} or {@link Reason#BAD_VERIFIER} if one is outside its range
     */
    public static SrpVerifier of(byte[] salt, BigInteger v) throws SrpException {
        checkSalt(salt);
        if (v.compareTo(BigInteger.ONE) <= 0 || v.compareTo(SrpMath.N.subtract(BigInteger.ONE)) >= 0) {
            throw new SrpException(
                    Reason.BAD_VERIFIER, "verifier: out of range (expected: 2..N-2); set the user's password anew");
        }
        return new SrpVerifier(salt.clone(), v);
    }

    /**
     * Reads a verifier as sksync.json keeps it, {@code "authsrp": [salt, verifier]}.
     *
     * @throws SrpException if one of them is no hex or outside the range that {@link #of} takes
     */
    public static SrpVerifier ofHex(String saltHex, String verifierHex) throws SrpException {
        byte[] salt = Hex.decode("salt", saltHex, MAX_SALT_BYTES);
        return of(salt, new BigInteger(1, Hex.decode("verifier", verifierHex, SrpMath.MAX_INTEGER_BYTES)));
    }

    /** Returns the salt in lower-case hex, leading zero bytes included. */
    public String saltHex() {
        return Hex.encode(salt);
    }

    /** Returns v in lower-case hex, in its shortest form that is even in length. */
    public String verifierHex() {
        return Hex.encode(SrpMath.shortest(v));
    }

    /**
     * Tells whether this verifier was made from this user name and password. Costs about as much as a login.
     *
     * @throws SrpException {@link Reason#BAD_PASSWORD} if UTF-8 cannot carry the password
     */
    public boolean matches(UserName user, char[] password) throws SrpException {
        return MessageDigest.isEqual(SrpMath.shortest(v), SrpMath.shortest(compute(salt, user, password)));
    }

    byte[] salt() {
        return salt.clone();
    }

    int saltLength() {
        return salt.length;
    }

    BigInteger v() {
        return v;
    }

    static void checkSalt(byte[] salt) throws SrpException {
        if (salt.length == 0 || salt.length > MAX_SALT_BYTES) {
            throw new SrpException(
                    Reason.BAD_SALT, "salt: " + salt.length + " bytes (expected: 1.." + MAX_SALT_BYTES + ")");
        }
    }

    private static BigInteger compute(byte[] salt, UserName user, char[] password) throws SrpException {
        return SrpMath.verifier(SrpMath.x(salt, SrpMath.innerDigest(user, password)));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SrpVerifier that && Arrays.equals(salt, that.salt) && v.equals(that.v);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(salt) + v.hashCode();
    }

    /** Returns a text without the salt and the verifier. */
    @Override
    public String toString() {
        return "SrpVerifier[redacted]";
    }
}
