package org.sksync.testkit;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * Certificates made on the spot, good ones and bad ones: self-signed, authorities, signed by an authority, expired, for
 * another host. Unless told otherwise they have an EC key, are for localhost, 127.0.0.1 and ::1, serve both ends, and
 * are valid from an hour ago for a day.
 */
public final class TestCertificates {

    /** The kind of a certificate's key. */
    public enum KeyType {
        /** A curve P-256 key. */
        EC,
        /** An RSA key of 2048 bits. */
        RSA
    }

    /** What a certificate may be used for. */
    public enum Purpose {
        /** Servers only. */
        SERVER,
        /** Clients only. */
        CLIENT,
        /** Both ends: the certificate names no purpose. */
        ANY
    }

    /**
     * A certificate with its private key.
     *
     * @param certificate the certificate
     * @param keys its key pair
     */
    public record Issued(X509Certificate certificate, KeyPair keys) {

        /** Returns the private key. */
        public PrivateKey key() {
            return keys.getPrivate();
        }

        /** Returns the certificate as PEM text. */
        public String certificatePem() {
            return pem(certificate);
        }

        /** Returns the private key as unencrypted PKCS#8 PEM text. */
        public String keyPem() {
            try {
                return pem(new JcaPKCS8Generator(key(), null));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Writes the certificate to a file and returns the file. */
        public Path writeCertificate(Path file) throws IOException {
            return Files.writeString(file, certificatePem());
        }

        /** Writes the private key to a file that only its owner may read, where that can be said. */
        public Path writeKey(Path file) throws IOException {
            Files.writeString(file, keyPem());
            if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
            return file;
        }

        /** Returns sockets that show this certificate and trust nobody but who shows it too. */
        public SSLSocketFactory sockets() {
            try {
                KeyStore store = KeyStore.getInstance("PKCS12");
                store.load(null, null);
                store.setKeyEntry("own", key(), new char[0], new X509Certificate[] {certificate});
                store.setCertificateEntry("trusted", certificate);
                KeyManagerFactory own = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
                own.init(store, new char[0]);
                TrustManagerFactory trusted =
                        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
                trusted.init(store);
                SSLContext context = SSLContext.getInstance("TLS");
                context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
                return context.getSocketFactory();
            } catch (GeneralSecurityException | IOException e) {
                throw new IllegalStateException("cannot use a test certificate", e);
            }
        }

        /** Hides the key. */
        @Override
        public String toString() {
            return "Issued[" + certificate.getSubjectX500Principal() + "]";
        }
    }

    private static final int SERIAL_BITS = 120;

    private final SecureRandom random = new SecureRandom();
    private KeyType keyType = KeyType.EC;
    private Purpose purpose = Purpose.ANY;
    private List<String> hosts = List.of("localhost", "127.0.0.1", "::1");
    private Instant from = Instant.now().minus(Duration.ofHours(1));
    private Instant until = Instant.now().plus(Duration.ofDays(1));

    private TestCertificates() {}

    /** Starts a certificate with the usual contents. */
    public static TestCertificates certificate() {
        return new TestCertificates();
    }

    /** Starts a certificate that ran out a day ago. */
    public static TestCertificates expired() {
        return certificate()
                .valid(Instant.now().minus(Duration.ofDays(30)), Instant.now().minus(Duration.ofDays(1)));
    }

    /** Makes the certificate of an authority that can sign others. */
    public static Issued authority(String name) {
        return certificate().issue(new X500Name("CN=" + name), Optional.empty(), true);
    }

    /** Sets the kind of key. */
    public TestCertificates keyType(KeyType value) {
        keyType = value;
        return this;
    }

    /** Sets what the certificate may be used for. */
    public TestCertificates purpose(Purpose value) {
        purpose = value;
        return this;
    }

    /** Sets the host names and addresses that the certificate is for. */
    public TestCertificates hosts(String... values) {
        hosts = List.of(values);
        return this;
    }

    /** Sets the time that the certificate is valid in. */
    public TestCertificates valid(Instant start, Instant end) {
        from = start;
        until = end;
        return this;
    }

    /** Makes a certificate that signs itself and is no authority. */
    public Issued selfSigned() {
        return issue(subject(), Optional.empty(), false);
    }

    /** Makes a certificate signed by an authority. */
    public Issued signedBy(Issued authority) {
        return issue(subject(), Optional.of(authority), false);
    }

    /** Makes the certificate of an authority that another authority vouches for. */
    public Issued authoritySignedBy(Issued authority, String name) {
        return issue(new X500Name("CN=" + name), Optional.of(authority), true);
    }

    private X500Name subject() {
        return new X500Name("CN=" + (hosts.isEmpty() ? "nameless" : hosts.get(0).replace(":", "\\:")));
    }

    private Issued issue(X500Name subject, Optional<Issued> issuer, boolean authority) {
        try {
            KeyPair keys = newKeys();
            X500Name issuerName = issuer.map(i -> X500Name.getInstance(
                            i.certificate().getSubjectX500Principal().getEncoded()))
                    .orElse(subject);
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                    issuerName,
                    new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
                    Date.from(from),
                    Date.from(until),
                    subject,
                    keys.getPublic());
            builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
            if (!authority && !hosts.isEmpty()) {
                builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames());
            }
            if (purpose != Purpose.ANY) {
                KeyPurposeId id =
                        purpose == Purpose.SERVER ? KeyPurposeId.id_kp_serverAuth : KeyPurposeId.id_kp_clientAuth;
                builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(id));
            }
            PrivateKey signer = issuer.map(Issued::key).orElse(keys.getPrivate());
            String algorithm = signer.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA";
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(signer)));
            return new Issued(certificate, keys);
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("cannot make a test certificate", e);
        }
    }

    private KeyPair newKeys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance(keyType.name());
        if (keyType == KeyType.EC) {
            generator.initialize(new ECGenParameterSpec("secp256r1"));
        } else {
            generator.initialize(2048);
        }
        return generator.generateKeyPair();
    }

    private GeneralNames alternativeNames() {
        List<GeneralName> names = new ArrayList<>();
        for (String host : hosts) {
            boolean address = host.contains(":") || host.chars().allMatch(c -> c == '.' || Character.isDigit(c));
            names.add(new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, host));
        }
        return new GeneralNames(names.toArray(GeneralName[]::new));
    }

    private static String pem(Object object) {
        StringWriter out = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(out)) {
            writer.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toString();
    }
}
