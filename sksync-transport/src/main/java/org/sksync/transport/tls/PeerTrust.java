package org.sksync.transport.tls;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import javax.net.ssl.TrustManager;

/**
 * Which certificates of the other end are accepted. Every way of trust refuses a certificate outside its time of
 * validity. Immutable, thread-safe; one serves any number of connections.
 */
public final class PeerTrust {

    private final TrustManager trustManager;

    private PeerTrust(TrustManager trustManager) {
        this.trustManager = trustManager;
    }

    /**
     * Trusts what a PEM file names: a peer whose certificate is in the file, and, if the file holds certificates of
     * authorities, a peer that one of them vouches for. In the second case the certificate must be meant for the
     * peer's end, and a server's must also be for the host that was dialled.
     *
     * @param file the certificates
     * @param clock tells the time that certificates must be valid at
     * @throws TlsConfigException if the file cannot be read, holds no certificate, or is damaged
     */
    public static PeerTrust fromFile(Path file, Clock clock) throws TlsConfigException {
        return ofCertificates(PemFiles.certificates(file), file.toString(), clock);
    }

    /**
     * Trusts given certificates as {@link #fromFile} does.
     *
     * @param source where they come from, for messages
     */
    public static PeerTrust ofCertificates(List<X509Certificate> certificates, String source, Clock clock) {
        return new PeerTrust(new ListedTrust(certificates, source, clock));
    }

    /**
     * Trusts the one certificate that has a fingerprint.
     *
     * @param source where the fingerprint comes from, for messages
     * @param clock tells the time that the certificate must be valid at
     */
    public static PeerTrust ofFingerprint(Fingerprint expected, String source, Clock clock) {
        return new PeerTrust(new FingerprintTrust(expected, source, clock));
    }

    /**
     * Trusts a server on first use: any certificate while none is known, only the known one afterwards. Which it is, is
     * asked in each handshake: once the first certificate is kept, no later connection accepts another one.
     *
     * <p>Once the handshake is over, the caller warns and keeps {@link Fingerprint#ofPeer} of a server that was not
     * known.
     *
     * @param known what is kept of earlier connections
     * @param clock tells the time that certificates must be valid at
     */
    public static PeerTrust onFirstUse(KnownFingerprint known, Clock clock) {
        return new PeerTrust(new FirstUseTrust(known, clock));
    }

    TrustManager trustManager() {
        return trustManager;
    }
}
