package org.sksync.transport.tls;

import java.security.cert.CertificateException;
import java.util.Optional;

/** Knows which certificate a server has shown before. Thread-safe. */
public interface KnownFingerprint {

    /**
     * Returns its fingerprint as it is known now; empty while the server was never met. Called in each handshake.
     *
     * @throws CertificateException if that can't be told, so that nobody may be trusted; the message is for the user
     */
    Optional<Fingerprint> now() throws CertificateException;
}
