package org.sksync.transport.tls;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8DecryptorProviderBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMDecryptorProviderBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.util.Strings;

/**
 * Certificates and private keys from PEM files, in every form that openssl writes or has written: PKCS#1, PKCS#8 and
 * SEC 1 keys, plain or encrypted (DEK-Info, PBES1, PBES2 with PBKDF2 or scrypt), with or without EC parameters, a
 * certificate and its key in one file, text between the blocks, a byte order mark.
 */
public final class PemFiles {

    private static final long MAX_FILE_BYTES = 1 << 20;

    private PemFiles() {}

    /**
     * Reads every certificate of a file, in the file's order.
     *
     * @return one certificate or more
     * @throws TlsConfigException if the file cannot be read, holds no certificate, or is damaged
     */
    public static List<X509Certificate> certificates(Path file) throws TlsConfigException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Object block : blocks(file, X509CertificateHolder.class::isInstance)) {
            certificates.add(certificate(file, (X509CertificateHolder) block));
        }
        if (certificates.isEmpty()) {
            throw new TlsConfigException(
                    file + ": holds no certificate; a block that begins with -----BEGIN CERTIFICATE----- is expected");
        }
        return List.copyOf(certificates);
    }

    /**
     * Reads a certificate with its chain and its private key.
     *
     * @param certificateFile the certificate and those that vouch for it
     * @param keyFile the key; may be the same file
     * @param passwords asked for the key's password if the key is encrypted
     * @throws TlsConfigException if a file cannot be read, lacks what it should hold, or is damaged; if every user of
     *     the machine may read the key; if the password is missing or wrong; if key and certificate do not belong
     *     together
     */
    public static TlsIdentity identity(Path certificateFile, Path keyFile, PasswordSource passwords)
            throws TlsConfigException {
        List<X509Certificate> certificates = certificates(certificateFile);
        PrivateKey key = privateKey(keyFile, passwords);
        try {
            return TlsIdentity.of(key, certificates);
        } catch (TlsConfigException e) {
            throw new TlsConfigException(
                    keyFile + ": this private key does not belong to the certificate in " + certificateFile
                            + "; name the key that the certificate was made with",
                    e);
        }
    }

    private static PrivateKey privateKey(Path file, PasswordSource passwords) throws TlsConfigException {
        Predicate<Object> key = block -> block instanceof PEMKeyPair
                || block instanceof PEMEncryptedKeyPair
                || block instanceof PrivateKeyInfo
                || block instanceof PKCS8EncryptedPrivateKeyInfo;
        List<Object> keys = blocks(file, key);
        if (keys.isEmpty()) {
            throw new TlsConfigException(
                    file + ": holds no private key; a block that begins with -----BEGIN PRIVATE KEY----- is expected");
        }
        refuseKeyThatEveryoneMayRead(file);
        return toPrivateKey(file, plainKey(file, keys.get(0), passwords));
    }

    private static PrivateKeyInfo plainKey(Path file, Object block, PasswordSource passwords)
            throws TlsConfigException {
        if (block instanceof PrivateKeyInfo info) {
            return info;
        }
        if (block instanceof PEMKeyPair pair) {
            return pair.getPrivateKeyInfo();
        }
        char[] password = passwords.passwordFor(file);
        try {
            if (password.length == 0) {
                throw new TlsConfigException(
                        file + ": this private key is encrypted and no password was given; start from a console, or"
                                + " remove the password with: openssl pkey -in FILE -out NEWFILE");
            }
            return decrypt(file, block, password);
        } finally {
            Arrays.fill(password, '\0');
        }
    }

    private static PrivateKeyInfo decrypt(Path file, Object block, char[] password) throws TlsConfigException {
        // Of this call only: registered globally it would change which provider serves everything else.
        BouncyCastleProvider provider = new BouncyCastleProvider();
        try {
            if (block instanceof PEMEncryptedKeyPair pair) {
                return pair.decryptKeyPair(new JcePEMDecryptorProviderBuilder()
                                .setProvider(provider)
                                .build(password))
                        .getPrivateKeyInfo();
            }
            return decrypt((PKCS8EncryptedPrivateKeyInfo) block, provider, password);
        } catch (OperatorCreationException e) {
            throw new TlsConfigException(
                    file + ": this private key is encrypted in a way that is not supported; write it anew with:"
                            + " openssl pkcs8 -topk8 -in FILE -out NEWFILE",
                    e);
        } catch (IOException | PKCSException | RuntimeException e) {
            // A wrong password shows as bad padding, as nonsense to parse, or as an illegal key.
            throw new TlsConfigException(
                    file + ": the private key cannot be decrypted; the password is wrong or the file is damaged", e);
        }
    }

    private static PrivateKeyInfo decrypt(PKCS8EncryptedPrivateKeyInfo block, Provider provider, char[] password)
            throws OperatorCreationException, PKCSException {
        JceOpenSSLPKCS8DecryptorProviderBuilder decryptor =
                new JceOpenSSLPKCS8DecryptorProviderBuilder().setProvider(provider);
        try {
            return block.decryptPrivateKeyInfo(decryptor.build(password));
        } catch (PKCSException e) {
            // openssl hashes the password's UTF-8 bytes; some of the old schemes here take a byte of each char.
            byte[] bytes = Strings.toUTF8ByteArray(password);
            char[] bytewise = Strings.asCharArray(bytes);
            try {
                return block.decryptPrivateKeyInfo(decryptor.build(bytewise));
            } finally {
                Arrays.fill(bytes, (byte) 0);
                Arrays.fill(bytewise, '\0');
            }
        }
    }

    private static PrivateKey toPrivateKey(Path file, PrivateKeyInfo info) throws TlsConfigException {
        ASN1ObjectIdentifier algorithm = info.getPrivateKeyAlgorithm().getAlgorithm();
        try {
            // A key of the JDK's own make: its TLS takes no other kind without translating it.
            return KeyFactory.getInstance(keyAlgorithm(algorithm))
                    .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
        } catch (GeneralSecurityException | IOException e) {
            throw new TlsConfigException(
                    file + ": a private key of this kind is not supported, or it is damaged; an RSA key or an EC key"
                            + " on curve P-256, P-384 or P-521 is expected",
                    e);
        }
    }

    private static String keyAlgorithm(ASN1ObjectIdentifier algorithm) {
        if (algorithm.equals(PKCSObjectIdentifiers.rsaEncryption)) {
            return "RSA";
        }
        if (algorithm.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
            return "EC";
        }
        if (algorithm.equals(EdECObjectIdentifiers.id_Ed25519) || algorithm.equals(EdECObjectIdentifiers.id_Ed448)) {
            return "EdDSA";
        }
        return algorithm.getId();
    }

    private static X509Certificate certificate(Path file, X509CertificateHolder holder) throws TlsConfigException {
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(holder.getEncoded()));
        } catch (CertificateException | IOException e) {
            throw damaged(file, e);
        }
    }

    private static List<Object> blocks(Path file, Predicate<Object> wanted) throws TlsConfigException {
        List<Object> blocks = new ArrayList<>();
        try (PEMParser parser = new PEMParser(new StringReader(text(file)))) {
            for (Object block = parser.readObject(); block != null; block = parser.readObject()) {
                if (wanted.test(block)) {
                    blocks.add(block);
                }
            }
        } catch (IOException | RuntimeException e) {
            // The parser meets damaged contents with exceptions of every kind.
            throw damaged(file, e);
        }
        return blocks;
    }

    private static String text(Path file) throws TlsConfigException {
        try {
            long size = Files.size(file);
            if (size == 0) {
                throw new TlsConfigException(file + ": is empty; a PEM file is expected");
            }
            if (size > MAX_FILE_BYTES) {
                throw new TlsConfigException(file + ": is " + size + " bytes long; a PEM file of at most "
                        + MAX_FILE_BYTES + " bytes is expected");
            }
            String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (NoSuchFileException e) {
            throw new TlsConfigException(file + ": does not exist; check the path in the configuration", e);
        } catch (AccessDeniedException e) {
            throw new TlsConfigException(file + ": may not be read by this user; check its owner and mode", e);
        } catch (IOException e) {
            throw new TlsConfigException(file + ": cannot be read; check that it is a file on a working disk", e);
        }
    }

    private static void refuseKeyThatEveryoneMayRead(Path file) throws TlsConfigException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view == null) {
            return;
        }
        try {
            Set<PosixFilePermission> permissions = view.readAttributes().permissions();
            if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
                throw new TlsConfigException(file + ": every user of this machine may read this private key (mode "
                        + PosixFilePermissions.toString(permissions) + "); run: chmod 600 " + file);
            }
        } catch (NoSuchFileException e) {
            throw new TlsConfigException(file + ": does not exist; check the path in the configuration", e);
        } catch (IOException e) {
            throw new TlsConfigException(file + ": its mode cannot be read; check its owner and directory", e);
        }
    }

    private static TlsConfigException damaged(Path file, Exception cause) {
        return new TlsConfigException(
                file + ": is damaged or cut short; copy the file anew and check it with: openssl x509 -in FILE", cause);
    }
}
