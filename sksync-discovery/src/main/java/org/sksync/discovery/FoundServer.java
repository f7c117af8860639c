package org.sksync.discovery;

import java.net.Inet4Address;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A daemon that was found. All of it is what somebody in the network said, and may be a lie.
 *
 * @param name what it calls itself, or else its address; fit for a terminal only when escaped
 * @param address where it can be reached
 * @param port 1..65535
 * @param level the greeting of the highest protocol level that it speaks; empty if it did not say, as pysksync
 * @param fingerprint its certificate's, {@code SHA256:<64 lower-case hex digits>}; empty without TLS, or if it did not
 *     say
 * @param how which ways found it; at least one
 */
public record FoundServer(
        String name,
        Inet4Address address,
        int port,
        Optional<String> level,
        Optional<String> fingerprint,
        Set<How> how) {

    /** Takes a copy of the ways. */
    public FoundServer {
        Objects.requireNonNull(name);
        how = Set.copyOf(EnumSet.copyOf(how));
    }
}
