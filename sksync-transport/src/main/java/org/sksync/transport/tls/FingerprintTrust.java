package org.sksync.transport.tls;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import javax.net.ssl.SSLEngine;

/** Trust in one certificate, of which the fingerprint is known: see {@link PeerTrust#ofFingerprint}. */
final class FingerprintTrust extends EngineTrustManager {

    private final Fingerprint expected;
    private final String source;

    FingerprintTrust(Fingerprint expected, String source, Clock clock) {
        super(clock);
        this.expected = expected;
        this.source = source;
    }

    @Override
    void check(PeerRole peer, X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        Fingerprint shown = Fingerprint.of(chain[0]);
        if (!expected.equals(shown)) {
            throw new CertificateRefusedException("the peer's certificate is " + shown + " (expected: " + expected
                    + ", from " + source + "); it is another server, or somebody sits between");
        }
        requireValidNow(chain[0]);
    }
}
