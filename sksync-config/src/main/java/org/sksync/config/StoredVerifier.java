package org.sksync.config;

import java.math.BigInteger;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A user's SRP salt and verifier as sksync.json keeps them ({@code "authsrp": [salt, verifier]}). Whoever has it can
 * guess the password offline, so {@link #toString} tells nothing. Immutable.
 */
public final class StoredVerifier {

    /** The longest salt, in bytes. */
    public static final int MAX_SALT_BYTES = 64;

    /** The longest verifier, in bytes: the size of the group's prime (protocol: login). */
    public static final int MAX_VERIFIER_BYTES = 256;

    private final String saltHex;
    private final String verifierHex;

    private StoredVerifier(String saltHex, String verifierHex) {
        this.saltHex = saltHex;
        this.verifierHex = verifierHex;
    }

    /**
     * Parses the two hexadecimal texts, of either case.
     *
     * @throws ConfigException if one is not hexadecimal, is odd in length, empty or too long, or if the verifier is
     *     below 2, with which anybody could log in
     */
    public static StoredVerifier ofHex(String saltHex, String verifierHex) throws ConfigException {
        String salt = checked("salt", saltHex, MAX_SALT_BYTES);
        String verifier = checked("verifier", verifierHex, MAX_VERIFIER_BYTES);
        if (new BigInteger(verifier, 16).compareTo(BigInteger.ONE) <= 0) {
            throw new ConfigException("the verifier is 0 or 1, which would let anybody in");
        }
        return new StoredVerifier(salt, verifier);
    }

    private static String checked(String what, String hex, int maxBytes) throws ConfigException {
        if (hex.isEmpty() || hex.length() % 2 != 0 || hex.length() > 2 * maxBytes) {
            throw new ConfigException("the " + what + " has " + hex.length() + " hexadecimal digits (expected: 2.."
                    + 2 * maxBytes + ", even)");
        }
        if (!hex.chars().allMatch(HexFormat::isHexDigit)) {
            throw new ConfigException("the " + what + " is not hexadecimal (expected: digits and a..f only)");
        }
        return hex.toLowerCase(Locale.ROOT);
    }

    /** Returns the salt, 1 to {@value #MAX_SALT_BYTES} bytes; a new array each time. */
    public byte[] salt() {
        return HexFormat.of().parseHex(saltHex);
    }

    /** Returns the salt in lower-case hexadecimal, with any leading zeros that the file has. */
    public String saltHex() {
        return saltHex;
    }

    /** Returns the verifier, at least 2 and at most {@value #MAX_VERIFIER_BYTES} bytes long. */
    public BigInteger verifier() {
        return new BigInteger(verifierHex, 16);
    }

    /** Returns the verifier in lower-case hexadecimal, even in length. */
    public String verifierHex() {
        return verifierHex;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StoredVerifier that
                && saltHex.equals(that.saltHex)
                && verifierHex.equals(that.verifierHex);
    }

    @Override
    public int hashCode() {
        return 31 * saltHex.hashCode() + verifierHex.hashCode();
    }

    @Override
    public String toString() {
        return "StoredVerifier[***]";
    }
}
