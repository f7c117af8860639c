package org.sksync.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What sksync.json says of one user beside the verifier.
 *
 * @param rights the only directories that the user may sync, as written, and what it may do there; empty: all that
 *     clients may sync, to do what all may
 * @param certificates the fingerprints of the user's TLS certificates, as written
 */
public record UserAccess(Optional<Map<String, DirectoryRight>> rights, List<String> certificates) {

    /** Takes copies of the collections; {@code rights} keeps its order. */
    public UserAccess {
        rights = rights.map(given -> Collections.unmodifiableMap(new LinkedHashMap<>(given)));
        certificates = List.copyOf(certificates);
    }
}
