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

    /** Returns the server's name and port, for messages. */
    String server();

    /** Returns where the fingerprint is kept, down to the line where that can be told: deleting it forgets the server. */
    String place();
}
