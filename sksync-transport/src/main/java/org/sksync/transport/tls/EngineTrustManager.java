package org.sksync.transport.tls;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.Date;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** A judge of certificates for connections that run over an {@link SSLEngine}; on any other it refuses everything. */
abstract class EngineTrustManager extends X509ExtendedTrustManager {

    /** Which end the judged peer is. */
    enum PeerRole {
        CLIENT,
        SERVER
    }

    private final Clock clock;

    EngineTrustManager(Clock clock) {
        this.clock = clock;
    }

    abstract void check(PeerRole peer, X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException;

    final Date now() {
        return Date.from(clock.instant());
    }

    final boolean isValidNow(X509Certificate certificate) {
        try {
            certificate.checkValidity(now());
            return true;
        } catch (CertificateExpiredException | CertificateNotYetValidException e) {
            return false;
        }
    }

    final void requireValidNow(X509Certificate certificate) throws CertificateRefusedException {
        try {
            certificate.checkValidity(now());
        } catch (CertificateExpiredException e) {
            throw new CertificateRefusedException(
                    "the peer's certificate " + Fingerprint.of(certificate) + " expired on "
                            + certificate.getNotAfter().toInstant() + "; its owner must renew it",
                    e);
        } catch (CertificateNotYetValidException e) {
            throw new CertificateRefusedException(
                    "the peer's certificate " + Fingerprint.of(certificate) + " is not valid before "
                            + certificate.getNotBefore().toInstant() + "; check the clocks of both machines",
                    e);
        }
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(PeerRole.CLIENT, chain, authType, engine);
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        check(PeerRole.SERVER, chain, authType, engine);
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw withoutEngine();
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        throw withoutEngine();
    }

    @Override
    public final void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw withoutEngine();
    }

    @Override
    public final void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        throw withoutEngine();
    }

    /** Names no authority: a client then shows its certificate whoever signed it, and is told why it is refused. */
    @Override
    public final X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }

    private static CertificateException withoutEngine() {
        return new CertificateException("certificates are judged on engines only");
    }
}
