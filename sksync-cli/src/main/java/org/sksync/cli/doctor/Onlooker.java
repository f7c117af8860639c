package org.sksync.cli.doctor;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.sksync.transport.tls.Fingerprint;

/** Sees which certificate a server shows, and trusts nobody: the handshake ends before anything is said. */
final class Onlooker implements X509TrustManager {

    private @Nullable Fingerprint shown;

    /** Returns the certificate that was shown. */
    Optional<Fingerprint> shown() {
        return Optional.ofNullable(shown);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        shown = Fingerprint.of(chain[0]);
        throw new CertificateException("it was only to be seen");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw new CertificateException("it was only to be seen");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
