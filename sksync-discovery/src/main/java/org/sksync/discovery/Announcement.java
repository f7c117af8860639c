package org.sksync.discovery;

import java.net.Inet4Address;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.sksync.discovery.offer.Offer;

/**
 * What a daemon has strangers know.
 *
 * @param host the machine's name; told by mDNS alone
 * @param port 1..65535; where it listens
 * @param level the greeting of the highest protocol level that it speaks
 * @param fingerprint its certificate's, {@code SHA256:<64 lower-case hex digits>}; empty without TLS
 * @param only the one address on which it listens; empty for all of the machine's
 * @param how the ways to tell it; none tells nothing
 */
public record Announcement(
        String host, int port, String level, Optional<String> fingerprint, Optional<Inet4Address> only, Set<How> how) {

    private static final String DIGEST = "SHA256:";

    /**
     * Checks the form of what others will read.
     *
     * @throws IllegalArgumentException if a part has none
     */
    public Announcement {
        how = how.isEmpty() ? Set.of() : Set.copyOf(EnumSet.copyOf(how));
        offer(port, level, fingerprint);
    }

    /** Returns the same with another certificate's fingerprint, or none. */
    Announcement withFingerprint(Optional<String> other) {
        return new Announcement(host, port, level, other, only, how);
    }

    Offer offer() {
        return offer(port, level, fingerprint);
    }

    private static Offer offer(int port, String level, Optional<String> fingerprint) {
        return new Offer(
                port,
                Optional.of(level),
                fingerprint.map(text -> text.startsWith(DIGEST) ? text.substring(DIGEST.length()) : text));
    }
}
