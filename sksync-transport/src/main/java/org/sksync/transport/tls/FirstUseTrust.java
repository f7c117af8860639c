package org.sksync.transport.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Optional;
import javax.net.ssl.SSLEngine;

/** Trust on first use: see {@link PeerTrust#onFirstUse}. */
final class FirstUseTrust extends EngineTrustManager {

    private final Optional<Fingerprint> known;
    private final String keptIn;

    FirstUseTrust(Optional<Fingerprint> known, String keptIn, Clock clock) {
        super(clock);
        this.known = known;
        this.keptIn = keptIn;
    }

    @Override
    void check(PeerRole peer, X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        Fingerprint shown = Fingerprint.of(chain[0]);
        if (known.isPresent() && !known.get().equals(shown)) {
            throw new CertificateRefusedException("the peer's certificate has changed: " + shown + " (expected: "
                    + known.get() + "); this may be an attack; if the change is wanted, delete its line in " + keptIn);
        }
        requireValidNow(chain[0]);
    }
}
