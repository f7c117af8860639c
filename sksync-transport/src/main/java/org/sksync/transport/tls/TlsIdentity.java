package org.sksync.transport.tls;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one end shows of itself: a certificate, the chain that vouches for it, and the private key. Immutable; the key
 * belongs to the certificate.
 */
public final class TlsIdentity {

    private static final byte[] PROBE = {1, 2, 3, 4};

    private final PrivateKey key;
    private final List<X509Certificate> chain;

    private TlsIdentity(PrivateKey key, List<X509Certificate> chain) {
        this.key = key;
        this.chain = chain;
    }

    /**
     * Joins a private key with its certificate.
     *
     * @param certificates the key's certificate and those that vouch for it, in any order; others are left out
     * @throws TlsConfigException if no certificate belongs to the key
     */
    public static TlsIdentity of(PrivateKey key, List<X509Certificate> certificates) throws TlsConfigException {
        for (X509Certificate certificate : certificates) {
            if (belongTogether(key, certificate)) {
                return new TlsIdentity(key, chainFrom(certificate, certificates));
            }
        }
        throw new TlsConfigException(
                "the private key belongs to none of the certificates; name the key that the certificate was made with");
    }

    /** Returns the certificate followed by those that vouch for it, each by the next. */
    public List<X509Certificate> chain() {
        return chain;
    }

    /** Returns the fingerprint that peers may pin. */
    public Fingerprint fingerprint() {
        return Fingerprint.of(chain.get(0));
    }

    /** Returns the moment after which peers refuse the certificate. */
    public Instant expires() {
        return chain.get(0).getNotAfter().toInstant();
    }

    PrivateKey key() {
        return key;
    }

    private static boolean belongTogether(PrivateKey key, X509Certificate certificate) {
        try {
            Optional<String> algorithm = signatureAlgorithm(key.getAlgorithm());
            if (algorithm.isEmpty()) {
                return false;
            }
            Signature signature = Signature.getInstance(algorithm.get());
            signature.initSign(key);
            signature.update(PROBE);
            byte[] signed = signature.sign();
            // By public key: initVerify(Certificate) would also judge the key usage.
            signature.initVerify(certificate.getPublicKey());
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException e) {
            // The certificate's key is of another kind, or of another size.
            return false;
        }
    }

    private static Optional<String> signatureAlgorithm(String keyAlgorithm) {
        return switch (keyAlgorithm) {
            case "RSA" -> Optional.of("SHA256withRSA");
            case "EC" -> Optional.of("SHA256withECDSA");
            case "EdDSA" -> Optional.of("EdDSA");
            default -> Optional.empty();
        };
    }

    private static List<X509Certificate> chainFrom(X509Certificate leaf, List<X509Certificate> certificates) {
        List<X509Certificate> chain = new ArrayList<>();
        Optional<X509Certificate> next = Optional.of(leaf);
        while (next.isPresent()) {
            X509Certificate last = next.get();
            chain.add(last);
            next = certificates.stream()
                    .filter(candidate -> !chain.contains(candidate))
                    .filter(candidate -> candidate.getSubjectX500Principal().equals(last.getIssuerX500Principal()))
                    .findFirst();
        }
        return List.copyOf(chain);
    }

    /** Returns the fingerprint; the key stays hidden. */
    @Override
    public String toString() {
        return "TlsIdentity[" + fingerprint() + "]";
    }
}
