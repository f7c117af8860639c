package org.sksync.transport.tls;

import java.io.IOException;
import java.io.StringWriter;
import java.security.KeyPair;
import java.security.interfaces.ECPrivateKey;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.util.ScryptConfig;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.MiscPEMGenerator;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.OutputEncryptor;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.sksync.testkit.TestCertificates.KeyType;

/** The forms in which private keys are found in files. */
enum KeyForms {
    TRADITIONAL(KeyType.RSA, false) {
        @Override
        Object block(KeyPair keys, char[] password) throws IOException {
            return new MiscPEMGenerator(asOpensslWrites(keys));
        }
    },
    TRADITIONAL_AES(KeyType.RSA, true) {
        @Override
        Object block(KeyPair keys, char[] password) throws Exception {
            return dekInfo(keys, "AES-256-CBC", password);
        }
    },
    TRADITIONAL_DES3(KeyType.RSA, true) {
        @Override
        Object block(KeyPair keys, char[] password) throws Exception {
            return dekInfo(keys, "DES-EDE3-CBC", password);
        }
    },
    TRADITIONAL_EC(KeyType.EC, false) {
        @Override
        Object block(KeyPair keys, char[] password) throws Exception {
            return new MiscPEMGenerator(asOpensslWrites(keys));
        }
    },
    TRADITIONAL_EC_AES(KeyType.EC, true) {
        @Override
        Object block(KeyPair keys, char[] password) throws Exception {
            return dekInfo(keys, "AES-128-CBC", password);
        }
    },
    PKCS8(KeyType.RSA, false) {
        @Override
        Object block(KeyPair keys, char[] password) throws IOException {
            return new PKCS8Generator(info(keys), null);
        }
    },
    PKCS8_EC(KeyType.EC, false) {
        @Override
        Object block(KeyPair keys, char[] password) throws IOException {
            return new PKCS8Generator(info(keys), null);
        }
    },
    PBES2_AES(KeyType.RSA, true) {
        @Override
        Object block(KeyPair keys, char[] password) throws Exception {
            return pkcs8(keys, builder(NISTObjectIdentifiers.id_aes256_CBC), password);
        }
    },
    PBES2_AES_EC(KeyType.EC, true) {
        @Override
        Object block(KeyPair keys, char[] password) throws Exception {
            return pkcs8(keys, builder(NISTObjectIdentifiers.id_aes128_CBC), password);
        }
    },
    PBES2_DES3(KeyType.RSA, true) {
        @Override
        Object block(KeyPair keys, char[] password) throws Exception {
            return pkcs8(keys, builder(PKCSObjectIdentifiers.des_EDE3_CBC), password);
        }
    },
    PBES1_DES3(KeyType.RSA, true) {
        @Override
        Object block(KeyPair keys, char[] password) throws Exception {
            return pkcs8(keys, builder(PKCSObjectIdentifiers.pbeWithSHAAnd3_KeyTripleDES_CBC), password);
        }
    },
    SCRYPT(KeyType.EC, true) {
        @Override
        Object block(KeyPair keys, char[] password) throws Exception {
            JcePKCSPBEOutputEncryptorBuilder builder = new JcePKCSPBEOutputEncryptorBuilder(
                    new ScryptConfig.Builder(1024, 8, 1).build(), NISTObjectIdentifiers.id_aes256_CBC);
            return pkcs8(keys, builder, password);
        }
    };

    private final KeyType keyType;
    private final boolean encrypted;

    KeyForms(KeyType keyType, boolean encrypted) {
        this.keyType = keyType;
        this.encrypted = encrypted;
    }

    static Stream<KeyForms> encrypted() {
        return Stream.of(values()).filter(form -> form.encrypted);
    }

    static Stream<KeyForms> plain() {
        return Stream.of(values()).filter(form -> !form.encrypted);
    }

    KeyType keyType() {
        return keyType;
    }

    abstract Object block(KeyPair keys, char[] password) throws Exception;

    String pem(KeyPair keys, char[] password) throws Exception {
        StringWriter out = new StringWriter();
        try (JcaPEMWriter writer = new JcaPEMWriter(out)) {
            if (this == TRADITIONAL_EC) {
                writer.writeObject(new PemObject("EC PARAMETERS", X9ObjectIdentifiers.prime256v1.getEncoded()));
            }
            writer.writeObject(block(keys, password));
        }
        return out.toString();
    }

    private static PrivateKeyInfo info(KeyPair keys) {
        return PrivateKeyInfo.getInstance(keys.getPrivate().getEncoded());
    }

    private static JcePKCSPBEOutputEncryptorBuilder builder(ASN1ObjectIdentifier algorithm) {
        return new JcePKCSPBEOutputEncryptorBuilder(algorithm);
    }

    private static Object pkcs8(KeyPair keys, JcePKCSPBEOutputEncryptorBuilder builder, char[] password)
            throws Exception {
        OutputEncryptor encryptor =
                builder.setProvider(new BouncyCastleProvider()).build(password);
        return new PKCS8Generator(info(keys), encryptor);
    }

    private static Object dekInfo(KeyPair keys, String algorithm, char[] password) throws IOException {
        return new MiscPEMGenerator(
                asOpensslWrites(keys),
                new JcePEMEncryptorBuilder(algorithm)
                        .setProvider(new BouncyCastleProvider())
                        .build(password));
    }

    /** The JDK's own encoding of an EC key leaves out the curve, which openssl always writes. */
    private static PrivateKeyInfo asOpensslWrites(KeyPair keys) throws IOException {
        PrivateKeyInfo info = info(keys);
        if (!(keys.getPrivate() instanceof ECPrivateKey key)) {
            return info;
        }
        return new PrivateKeyInfo(
                info.getPrivateKeyAlgorithm(),
                new org.bouncycastle.asn1.sec.ECPrivateKey(256, key.getS(), X9ObjectIdentifiers.prime256v1));
    }
}
