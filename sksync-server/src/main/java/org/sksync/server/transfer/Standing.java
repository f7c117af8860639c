package org.sksync.server.transfer;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.sksync.protocol.session.SyncProtocolException;
import org.sksync.protocol.srp.SrpVerifier;
import org.sksync.protocol.srp.UserName;
import org.sksync.server.auth.ClientIdentity;
import org.sksync.server.config.LoginPolicy;
import org.sksync.server.config.ServerConfig;
import org.sksync.server.config.ServerTls;
import org.sksync.transport.tls.Fingerprint;

/**
 * Whether a client that got in under one configuration would get in as the same user under another one. What its user
 * may do in its directory is looked at by {@link Preparation}.
 */
final class Standing {

    private Standing() {}

    /**
     * Returns why it would not; empty where it would.
     *
     * @param began what its session goes by
     * @param loggedIn whether it has proven that it knows its user's password
     * @param now what is in force
     */
    static Optional<String> whyLost(ServerConfig began, ClientIdentity identity, boolean loggedIn, ServerConfig now) {
        if (began.tls().isEmpty() && now.tls().isPresent()) {
            return Optional.of("clients have to speak TLS now");
        }
        if (!isTrusted(authorities(began), authorities(now))) {
            return Optional.of("the certificates that clients' are checked against have changed");
        }
        Optional<Fingerprint> certificate = identity.certificate();
        boolean ownersCount = !now.access().certificates().isEmpty();
        if (certificate.isEmpty() && ownersCount) {
            return Optional.of("clients need a certificate of a user now");
        }
        if (certificate.isPresent()
                && !Objects.equals(
                        now.access().certificates().get(certificate.get()),
                        identity.user().orElse(null))) {
            return Optional.of("its certificate is no longer that of " + name(identity));
        }
        if (loggedIn && identity.user().isPresent()) {
            UserName user = identity.user().get();
            Optional<SrpVerifier> verifier = now.verifiers().find(user);
            if (verifier.isEmpty()) {
                return Optional.of(name(identity) + " is gone");
            }
            if (!began.verifiers().find(user).filter(verifier.get()::equals).isPresent()) {
                return Optional.of("the password of " + name(identity) + " has changed");
            }
        }
        if (!loggedIn && now.loginPolicy() == LoginPolicy.REQUIRED) {
            return Optional.of("clients have to log in now");
        }
        return Optional.empty();
    }

    /** Clients that were checked against a certificate that counts no longer have to come again. */
    private static boolean isTrusted(Set<Fingerprint> began, Set<Fingerprint> now) {
        return began.isEmpty() ? now.isEmpty() : now.containsAll(began);
    }

    private static Set<Fingerprint> authorities(ServerConfig config) {
        return config.tls().map(ServerTls::clientAuthorities).orElse(Set.of());
    }

    private static String name(ClientIdentity identity) {
        return "user "
                + identity.user()
                        .map(user -> SyncProtocolException.excerpt(user.value()))
                        .orElse("-");
    }
}
