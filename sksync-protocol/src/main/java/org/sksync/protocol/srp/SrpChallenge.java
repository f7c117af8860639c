package org.sksync.protocol.srp;

import java.math.BigInteger;

/** The server's answer to a login: the user's salt and the server's public key B. Immutable. */
public final class SrpChallenge {

    private final byte[] salt;
    private final byte[] publicKey;

    SrpChallenge(byte[] salt, BigInteger publicB) {
        this.salt = salt;
        this.publicKey = SrpMath.shortest(publicB);
    }

    /** Returns a copy of the salt, leading zero bytes included. */
    byte[] salt() {
        return salt.clone();
    }

    /** Returns a copy of B in its shortest big-endian form. */
    byte[] publicKey() {
        return publicKey.clone();
    }

    /** Returns the salt in lower-case hex. */
    public String saltHex() {
        return Hex.encode(salt);
    }

    /** Returns B in lower-case hex. */
    public String publicKeyHex() {
        return Hex.encode(publicKey);
    }
}
