package org.sksync.transport.tls;

import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertPathValidatorException.BasicReason;
import java.security.cert.CertStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.CertPathTrustManagerParameters;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Trust in a list of certificates: see {@link PeerTrust#fromFile}.
 *
 * <p>A listed certificate is compared by its bytes and its validity is checked here, because the JDK accepts an expired
 * one that is its own trust anchor. Everything else goes the JDK's way, with the listed authorities as anchors.
 */
final class ListedTrust extends EngineTrustManager {

    private static final String ANY_PURPOSE = "2.5.29.37.0";
    private static final String SERVER_PURPOSE = "1.3.6.1.5.5.7.3.1";
    private static final String CLIENT_PURPOSE = "1.3.6.1.5.5.7.3.2";

    private final List<X509Certificate> listed;
    private final List<X509Certificate> authorities;
    private final String source;

    ListedTrust(List<X509Certificate> listed, String source, Clock clock) {
        super(clock);
        this.listed = List.copyOf(listed);
        this.authorities = listed.stream()
                .filter(certificate -> certificate.getBasicConstraints() >= 0)
                .toList();
        this.source = source;
    }

    @Override
    void check(PeerRole peer, X509Certificate[] chain, String authType, SSLEngine engine) throws CertificateException {
        X509Certificate leaf = chain[0];
        if (listed.contains(leaf)) {
            requireValidNow(leaf);
            return;
        }
        List<X509Certificate> anchors = anchorsValidNow();
        if (anchors.isEmpty()) {
            throw unknown(leaf, Optional.empty());
        }
        X509ExtendedTrustManager jdk = jdkTrustIn(anchors);
        try {
            if (peer == PeerRole.SERVER) {
                jdk.checkServerTrusted(chain, authType, engine);
            } else {
                jdk.checkClientTrusted(chain, authType, engine);
            }
        } catch (CertificateException e) {
            throw explained(peer, chain, authType, engine, jdk, e);
        }
    }

    /** The JDK does not look at the validity of an anchor. */
    private List<X509Certificate> anchorsValidNow() throws CertificateRefusedException {
        List<X509Certificate> valid =
                authorities.stream().filter(this::isValidNow).toList();
        if (valid.isEmpty() && !authorities.isEmpty()) {
            throw new CertificateRefusedException(
                    "no certificate authority in " + source + " is valid today; its owner must renew it");
        }
        return valid;
    }

    private X509ExtendedTrustManager jdkTrustIn(List<X509Certificate> anchors) throws CertificateException {
        try {
            Set<TrustAnchor> trusted = anchors.stream()
                    .map(authority -> new TrustAnchor(authority, null))
                    .collect(Collectors.toUnmodifiableSet());
            PKIXBuilderParameters parameters = new PKIXBuilderParameters(trusted, new X509CertSelector());
            parameters.setRevocationEnabled(false);
            parameters.setDate(now());
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(listed)));
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(new CertPathTrustManagerParameters(parameters));
            return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException e) {
            throw new CertificateException("the JDK offers no certificate path validation", e);
        }
    }

    private CertificateRefusedException explained(
            PeerRole peer,
            X509Certificate[] chain,
            String authType,
            SSLEngine engine,
            X509ExtendedTrustManager jdk,
            CertificateException refusal) {
        X509Certificate leaf = chain[0];
        if (hasCause(refusal, BasicReason.EXPIRED, CertificateExpiredException.class)) {
            return new CertificateRefusedException(
                    "the peer's certificate " + Fingerprint.of(leaf)
                            + ", or one that vouches for it, has expired; its owner must renew it",
                    refusal);
        }
        if (hasCause(refusal, BasicReason.NOT_YET_VALID, CertificateNotYetValidException.class)) {
            return new CertificateRefusedException(
                    "the peer's certificate " + Fingerprint.of(leaf)
                            + ", or one that vouches for it, is not valid yet; check the clocks of both machines",
                    refusal);
        }
        if (!isMeantFor(peer, leaf)) {
            return new CertificateRefusedException(
                    "the peer's certificate " + Fingerprint.of(leaf) + " is not meant for "
                            + (peer == PeerRole.SERVER ? "servers" : "clients") + "; its owner needs another one",
                    refusal);
        }
        if (peer == PeerRole.SERVER && isTrustedForAnotherHost(jdk, chain, authType)) {
            return new CertificateRefusedException(
                    "the peer's certificate " + Fingerprint.of(leaf) + " is not for the host " + engine.getPeerHost()
                            + "; connect by a name that is in it, or pin it",
                    refusal);
        }
        return unknown(leaf, Optional.of(refusal));
    }

    private CertificateRefusedException unknown(X509Certificate leaf, Optional<CertificateException> refusal) {
        String vouching = authorities.isEmpty() ? "" : ", and no authority in it vouches for it";
        String expected =
                listed.size() == 1 && authorities.isEmpty() ? " (expected: " + Fingerprint.of(listed.get(0)) + ")" : "";
        String message =
                "the peer's certificate " + Fingerprint.of(leaf) + " is not in " + source + expected + vouching;
        return refusal.map(cause -> new CertificateRefusedException(message, cause))
                .orElseGet(() -> new CertificateRefusedException(message));
    }

    private static boolean isTrustedForAnotherHost(
            X509ExtendedTrustManager jdk, X509Certificate[] chain, String authType) {
        try {
            jdk.checkServerTrusted(chain, authType);
            return true;
        } catch (CertificateException e) {
            return false;
        }
    }

    private static boolean isMeantFor(PeerRole peer, X509Certificate leaf) {
        try {
            List<String> purposes = leaf.getExtendedKeyUsage();
            return purposes == null
                    || purposes.contains(ANY_PURPOSE)
                    || purposes.contains(peer == PeerRole.SERVER ? SERVER_PURPOSE : CLIENT_PURPOSE);
        } catch (CertificateParsingException e) {
            return false;
        }
    }

    private static boolean hasCause(Throwable refusal, BasicReason reason, Class<? extends CertificateException> type) {
        for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)
                    || (cause instanceof CertPathValidatorException path && path.getReason() == reason)) {
                return true;
            }
        }
        return false;
    }
}
