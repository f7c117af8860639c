package org.sksync.discovery.offer;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What a daemon tells of itself: no paths, no users, no versions.
 *
 * @param port 1..65535; where it listens
 * @param level the greeting of the highest protocol level that it speaks; empty where a peer did not say
 * @param fingerprint SHA-256 of its certificate in 64 lower-case hex digits; empty without TLS, or where a peer did not
 *     say. A claim: whoever answers can claim any
 */
public record Offer(int port, Optional<String> level, Optional<String> fingerprint) {

    private static final int MAX_PORT = 65535;
    /** Longer than any level there is; with the other lines it still fits an answer. */
    private static final Pattern LEVEL = Pattern.compile("[a-z0-9][a-z0-9 .-]{0,23}");

    private static final Pattern FINGERPRINT = Pattern.compile("[0-9a-f]{64}");

    /**
     * Checks the form of each part.
     *
     * @throws IllegalArgumentException if one has none
     */
    public Offer {
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("port: " + port + " (expected: 1..65535)");
        }
        if (level.isPresent() && !LEVEL.matcher(level.get()).matches()) {
            throw new IllegalArgumentException("level: not in the form of a greeting");
        }
        if (fingerprint.isPresent() && !FINGERPRINT.matcher(fingerprint.get()).matches()) {
            throw new IllegalArgumentException("fingerprint: not in the form of 64 lower-case hex digits");
        }
    }

    /** Returns what a peer said as far as it has the right form; empty without a usable port. */
    public static Optional<Offer> ofPeer(int port, Optional<String> level, Optional<String> fingerprint) {
        if (port < 1 || port > MAX_PORT) {
            return Optional.empty();
        }
        return Optional.of(new Offer(
                port,
                level.filter(text -> LEVEL.matcher(text).matches()),
                fingerprint.filter(text -> FINGERPRINT.matcher(text).matches())));
    }
}
