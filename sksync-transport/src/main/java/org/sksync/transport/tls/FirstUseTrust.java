package org.sksync.transport.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/** Trust on first use: see {@link PeerTrust#onFirstUse}. */
final class FirstUseTrust extends EngineTrustManager {

    private final KnownFingerprint known;

    FirstUseTrust(KnownFingerprint known, Clock clock) {
        super(clock);
        this.known = known;
    }

    @Override
    void check(PeerRole peer, X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        Fingerprint shown = Fingerprint.of(chain[0]);
        Optional<Fingerprint> expected = expected();
        if (expected.isPresent() && !expected.get().equals(shown)) {
            throw new CertificateRefusedException("the certificate of " + known.server() + " has changed: it was "
                    + expected.get() + " and is " + shown
                    + " now, so somebody may sit between; if you know that the change is right, delete "
                    + known.place() + " and try again");
        }
        requireValidNow(chain[0]);
    }

    /** Asks each time: a connection that was made with the same trust may have been the first contact. */
    private Optional<Fingerprint> expected() throws CertificateRefusedException {
        try {
            return known.now();
        } catch (CertificateException e) {
            throw new CertificateRefusedException(String.valueOf(e.getMessage()), e);
        }
    }
}
