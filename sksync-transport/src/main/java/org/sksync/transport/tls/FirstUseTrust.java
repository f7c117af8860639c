package org.sksync.transport.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/** Trust on first use: see {@link PeerTrust#onFirstUse}. */
final class FirstUseTrust extends EngineTrustManager {

    private final KnownFingerprint known;
    private final String keptIn;

    FirstUseTrust(KnownFingerprint known, String keptIn, Clock clock) {
        super(clock);
        this.known = known;
        this.keptIn = keptIn;
    }

    @Override
    void check(PeerRole peer, X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        Fingerprint shown = Fingerprint.of(chain[0]);
        Optional<Fingerprint> expected = expected();
        if (expected.isPresent() && !expected.get().equals(shown)) {
            throw new CertificateRefusedException(
                    "the peer's certificate has changed: " + shown + " (expected: " + expected.get()
                            + "); this may be an attack; if the change is wanted, delete its line in " + keptIn);
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
