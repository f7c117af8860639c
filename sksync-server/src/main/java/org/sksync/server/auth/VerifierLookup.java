package org.sksync.server.auth;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import org.sksync.protocol.srp.SrpVerifier;
import org.sksync.protocol.srp.UserName;

/** Where a login finds its user's verifier. Safe on any thread. */
public interface VerifierLookup {

    /** Returns the user's verifier, empty if there is no such user. */
    Optional<SrpVerifier> find(UserName user);

    /** Returns all verifiers; made-up ones for unknown users are made to look like them. */
    Collection<SrpVerifier> all();

    /** Returns a lookup in a copy of {@code verifiers}. */
    static VerifierLookup of(Map<UserName, SrpVerifier> verifiers) {
        Map<UserName, SrpVerifier> copy = Map.copyOf(verifiers);
        return new VerifierLookup() {
            @Override
            public Optional<SrpVerifier> find(UserName user) {
                return Optional.ofNullable(copy.get(user));
            }

            @Override
            public Collection<SrpVerifier> all() {
                return copy.values();
            }
        };
    }
}
