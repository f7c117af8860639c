package org.sksync.server.auth;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sksync.protocol.session.SyncProtocolException;
import org.sksync.protocol.session.SyncProtocolException.Reason;
import org.sksync.protocol.srp.UserName;
import org.sksync.transport.tls.Fingerprint;

/**
 * Who a client is: the owner of its certificate, where certificates belong to users, and whom it logged in as, which
 * must be the same then. For one thread at a time.
 */
public final class ClientIdentity {

    private final Map<Fingerprint, UserName> owners;
    private @Nullable Fingerprint certificate;
    private @Nullable UserName user;

    /**
     * Creates the identity of a client that has not shown yet who it is.
     *
     * @param owners whose certificate it is; if it is empty, certificates tell nothing
     */
    public ClientIdentity(Map<Fingerprint, UserName> owners) {
        this.owners = owners;
    }

    /**
     * Takes note of the certificate.
     *
     * @param shown empty if the client showed none
     * @throws SyncProtocolException if certificates belong to users, and this one to none
     */
    public void certificate(Optional<Fingerprint> shown) throws SyncProtocolException {
        if (owners.isEmpty()) {
            return;
        }
        certificate = shown.orElse(null);
        user = shown.map(owners::get).orElse(null);
        if (user == null) {
            throw new SyncProtocolException(
                    Reason.LOGIN_REFUSED,
                    "certificate: " + shown.map(Fingerprint::text).orElse("none")
                            + " (expected: one that is listed in certificates of a user)");
        }
    }

    /**
     * Takes note of a login that was proven.
     *
     * @throws SyncProtocolException if the certificate is another user's
     */
    public void login(UserName name) throws SyncProtocolException {
        UserName owner = user;
        if (owner != null && !owner.equals(name)) {
            throw new SyncProtocolException(
                    Reason.LOGIN_REFUSED,
                    "login: as " + SyncProtocolException.excerpt(name.value()) + " (expected: "
                            + SyncProtocolException.excerpt(owner.value()) + ", whose certificate it is)");
        }
        user = name;
    }

    /** Returns the certificate that tells who it is; empty where certificates tell nothing. */
    public Optional<Fingerprint> certificate() {
        return Optional.ofNullable(certificate);
    }

    /** Returns who it is, as far as that is known for sure. */
    public Optional<UserName> user() {
        return Optional.ofNullable(user);
    }
}
