package org.sksync.server.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import org.sksync.protocol.srp.SrpVerifier;

/** The secret behind the made-up verifiers of unknown users. */
public final class FakeSeed {

    private static final int SEED_BYTES = 32;

    private FakeSeed() {}

    /**
     * Returns a seed that stays the same over restarts as long as the users do, since made-up salts that change betray
     * themselves. A running daemon keeps the seed of its start. It is drawn from the verifiers, which are secret already; without users it is random.
     */
    public static byte[] of(VerifierLookup verifiers, SecureRandom random) {
        if (verifiers.all().isEmpty()) {
            byte[] seed = new byte[SEED_BYTES];
            random.nextBytes(seed);
            return seed;
        }
        MessageDigest digest = sha256();
        digest.update("sksync made-up verifiers".getBytes(StandardCharsets.UTF_8));
        verifiers.all().stream()
                .map(SrpVerifier::verifierHex)
                .sorted()
                .forEach(hex -> digest.update(hex.getBytes(StandardCharsets.US_ASCII)));
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
