package org.sksync.transport.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A certificate for a server that signs itself, with its private key, made on the spot. The key is one of curve P-256,
 * which every TLS 1.2 and 1.3 peer takes. Immutable; nothing of it is on the disk.
 */
public final class NewCertificate {

    /** Peers pin such a certificate rather than ask who vouches for it, so a change costs a visit to each of them. */
    private static final Duration VALIDITY = Duration.ofDays(3650);

    /** The clocks of its first peers may be behind. */
    private static final Duration ALLOWANCE = Duration.ofDays(1);

    private static final int SERIAL_BITS = 120;
    private static final Pattern HOST_NAME = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]{0,252})");
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    private final X509Certificate certificate;
    private final KeyPair keys;

    private NewCertificate(X509Certificate certificate, KeyPair keys) {
        this.certificate = certificate;
        this.keys = keys;
    }

    /**
     * Makes a certificate that is valid from a day ago for ten years.
     *
     * @param hosts the names and addresses of the server, one or more; an IPv6 address without brackets and zone
     * @throws IllegalArgumentException if one of them is neither a host name in ASCII nor an address
     */
    public static NewCertificate make(List<String> hosts, Clock clock, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair keys = generator.generateKeyPair();
            X500Name name = new X500Name("CN=sksync server");
            Instant begin = clock.instant().minus(ALLOWANCE);
            X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                            name,
                            new BigInteger(SERIAL_BITS, random).setBit(SERIAL_BITS - 1),
                            Date.from(begin),
                            Date.from(begin.plus(VALIDITY)),
                            name,
                            keys.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .addExtension(
                            Extension.subjectKeyIdentifier,
                            false,
                            new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()))
                    .addExtension(Extension.subjectAlternativeName, false, names(hosts));
            X509Certificate certificate = new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA")
                            .setSecureRandom(random)
                            .build(keys.getPrivate())));
            return new NewCertificate(certificate, keys);
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("every JDK makes keys of curve P-256 and signs with them", e);
        }
    }

    private static GeneralNames names(List<String> hosts) {
        return new GeneralNames(hosts.stream().map(NewCertificate::name).toArray(GeneralName[]::new));
    }

    private static GeneralName name(String host) {
        if (ADDRESS.matcher(host).matches()) {
            return new GeneralName(GeneralName.iPAddress, host);
        }
        if (HOST_NAME.matcher(host).matches()) {
            return new GeneralName(GeneralName.dNSName, host);
        }
        throw new IllegalArgumentException("host: neither a name in ASCII nor an address");
    }

    /** Returns the fingerprint that peers pin. */
    public Fingerprint fingerprint() {
        return Fingerprint.of(certificate);
    }

    /** Returns the certificate as PEM text. */
    public byte[] certificatePem() {
        return pem(certificate);
    }

    /** Returns the private key as PEM text, not encrypted; the caller keeps it from everyone else. */
    public byte[] keyPem() {
        try {
            return pem(new JcaPKCS8Generator(keys.getPrivate(), null));
        } catch (IOException e) {
            throw new UncheckedIOException("a key that was just made has an encoding", e);
        }
    }

    private static byte[] pem(Object object) {
        StringWriter text = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        } catch (IOException e) {
            throw new UncheckedIOException("a text takes every character", e);
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** Returns the fingerprint; the key stays hidden. */
    @Override
    public String toString() {
        return "NewCertificate[" + fingerprint() + "]";
    }
}
