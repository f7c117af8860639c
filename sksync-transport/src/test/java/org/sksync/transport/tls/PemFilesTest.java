package org.sksync.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.Security;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.testkit.TestCertificates;
import org.sksync.testkit.TestCertificates.Issued;

/** Every form of certificate and key file is read, and what is wrong with a file is said in one sentence. */
class PemFilesTest {

    private static final String PASSWORD = "open sesame";
    private static final PasswordSource NEVER_ASKED = file -> {
        throw new AssertionError("asked for the password of a plain key");
    };

    @TempDir
    private Path directory;

    private Path certificateFile;
    private Path keyFile;

    @BeforeEach
    void nameFiles() {
        certificateFile = directory.resolve("server.pem");
        keyFile = directory.resolve("server.key");
    }

    private Issued writeCertificate() throws IOException {
        Issued issued = TestCertificates.certificate().selfSigned();
        issued.writeCertificate(certificateFile);
        return issued;
    }

    private void writeKey(String text) throws IOException {
        Files.writeString(keyFile, text);
        setMode(keyFile, "rw-------");
    }

    private static void setMode(Path file, String mode) throws IOException {
        if (isPosix()) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        }
    }

    private static boolean isPosix() {
        return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    }

    private static void assertRefused(ThrowingCallable action, String message) {
        assertThatExceptionOfType(TlsConfigException.class).isThrownBy(action).withMessage(message);
    }

    @ParameterizedTest
    @MethodSource("org.sksync.transport.tls.KeyForms#plain")
    void readsPlainKeyWithoutAskingForAPassword(KeyForms form) throws Exception {
        Issued issued = TestCertificates.certificate().keyType(form.keyType()).selfSigned();
        issued.writeCertificate(certificateFile);
        writeKey(form.pem(issued.keys(), new char[0]));

        TlsIdentity identity = PemFiles.identity(certificateFile, keyFile, NEVER_ASKED);

        assertThat(identity.chain()).containsExactly(issued.certificate());
    }

    @ParameterizedTest
    @MethodSource("org.sksync.transport.tls.KeyForms#encrypted")
    void readsEncryptedKeyAndWipesThePassword(KeyForms form) throws Exception {
        Issued issued = TestCertificates.certificate().keyType(form.keyType()).selfSigned();
        issued.writeCertificate(certificateFile);
        writeKey(form.pem(issued.keys(), PASSWORD.toCharArray()));
        char[] password = PASSWORD.toCharArray();
        AtomicReference<Path> asked = new AtomicReference<>();

        TlsIdentity identity = PemFiles.identity(certificateFile, keyFile, file -> {
            asked.set(file);
            return password;
        });

        assertThat(identity.chain()).containsExactly(issued.certificate());
        assertThat(asked).hasValue(keyFile);
        assertThat(password).containsOnly('\0');
    }

    @ParameterizedTest
    @MethodSource("org.sksync.transport.tls.KeyForms#encrypted")
    void refusesWrongPassword(KeyForms form) throws Exception {
        Issued issued = TestCertificates.certificate().keyType(form.keyType()).selfSigned();
        issued.writeCertificate(certificateFile);
        writeKey(form.pem(issued.keys(), PASSWORD.toCharArray()));

        assertRefused(
                () -> PemFiles.identity(certificateFile, keyFile, file -> "close sesame".toCharArray()),
                keyFile + ": the private key cannot be decrypted; the password is wrong or the file is damaged");
    }

    @ParameterizedTest
    @MethodSource("org.sksync.transport.tls.KeyForms#encrypted")
    void refusesEncryptedKeyWithoutPassword(KeyForms form) throws Exception {
        Issued issued = TestCertificates.certificate().keyType(form.keyType()).selfSigned();
        issued.writeCertificate(certificateFile);
        writeKey(form.pem(issued.keys(), PASSWORD.toCharArray()));

        assertRefused(
                () -> PemFiles.identity(certificateFile, keyFile, file -> new char[0]),
                keyFile + ": this private key is encrypted and no password was given; start from a console, or remove"
                        + " the password with: openssl pkey -in FILE -out NEWFILE");
    }

    @ParameterizedTest
    @MethodSource("org.sksync.transport.tls.KeyForms#encrypted")
    void readsKeyWithAPasswordBeyondAscii(KeyForms form) throws Exception {
        Issued issued = TestCertificates.certificate().keyType(form.keyType()).selfSigned();
        issued.writeCertificate(certificateFile);
        writeKey(form.pem(issued.keys(), "pässwörd".toCharArray()));

        TlsIdentity identity = PemFiles.identity(certificateFile, keyFile, file -> "pässwörd".toCharArray());

        assertThat(identity.chain()).containsExactly(issued.certificate());
    }

    @Test
    void leavesTheSecurityProvidersOfTheJvmAlone() throws Exception {
        readsEncryptedKeyAndWipesThePassword(KeyForms.PBES2_AES);

        assertThat(Security.getProvider(BouncyCastleProvider.PROVIDER_NAME)).isNull();
    }

    @Test
    void readsCertificateAndKeyFromOneFile() throws Exception {
        Issued issued = TestCertificates.certificate().selfSigned();
        writeKey(issued.keyPem() + issued.certificatePem());

        assertThat(PemFiles.identity(keyFile, keyFile, NEVER_ASKED).key()).isEqualTo(issued.key());
    }

    @Test
    void passesOverByteOrderMarkTextAndWindowsLineEnds() throws Exception {
        Issued issued = TestCertificates.certificate().selfSigned();
        String noise = "\ufeffBag Attributes\n    friendlyName: büro\n";
        Files.writeString(certificateFile, (noise + issued.certificatePem()).replace("\n", "\r\n"));
        writeKey("\ufeff" + issued.keyPem());

        assertThat(PemFiles.identity(certificateFile, keyFile, NEVER_ASKED).key())
                .isEqualTo(issued.key());
    }

    @Test
    void putsTheKeysCertificateFirstAndItsAuthoritiesBehind() throws Exception {
        Issued root = TestCertificates.authority("root");
        Issued middle = TestCertificates.certificate().authoritySignedBy(root, "middle");
        Issued leaf = TestCertificates.certificate().signedBy(middle);
        Issued unrelated = TestCertificates.certificate().hosts("unrelated").selfSigned();
        Files.writeString(
                certificateFile,
                root.certificatePem() + unrelated.certificatePem() + middle.certificatePem() + leaf.certificatePem());
        writeKey(leaf.keyPem());

        assertThat(PemFiles.identity(certificateFile, keyFile, NEVER_ASKED).chain())
                .containsExactly(leaf.certificate(), middle.certificate(), root.certificate());
        assertThat(PemFiles.certificates(certificateFile))
                .containsExactly(root.certificate(), unrelated.certificate(), middle.certificate(), leaf.certificate());
    }

    @Test
    void showsNoKey() throws Exception {
        Issued issued = writeCertificate();
        writeKey(issued.keyPem());

        TlsIdentity identity = PemFiles.identity(certificateFile, keyFile, NEVER_ASKED);

        assertThat(identity).hasToString("TlsIdentity[" + identity.fingerprint() + "]");
        assertThat(identity.fingerprint()).isEqualTo(Fingerprint.of(issued.certificate()));
        assertThat(identity.expires())
                .isEqualTo(issued.certificate().getNotAfter().toInstant());
    }

    @Test
    void refusesKeyOfAnotherCertificate() throws Exception {
        writeCertificate();
        writeKey(TestCertificates.certificate().selfSigned().keyPem());

        assertRefused(
                () -> PemFiles.identity(certificateFile, keyFile, NEVER_ASKED),
                keyFile + ": this private key does not belong to the certificate in " + certificateFile
                        + "; name the key that the certificate was made with");
    }

    @Test
    void refusesKeyOfAnotherKind() throws Exception {
        writeCertificate();
        writeKey(TestCertificates.certificate()
                .keyType(TestCertificates.KeyType.RSA)
                .selfSigned()
                .keyPem());

        assertThatExceptionOfType(TlsConfigException.class)
                .isThrownBy(() -> PemFiles.identity(certificateFile, keyFile, NEVER_ASKED))
                .withMessageContaining("does not belong to the certificate");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "rw----r--", "r--r--r--", "rwxrwxrwx"})
    void refusesKeyThatEveryoneMayRead(String mode) throws Exception {
        assumeThat(isPosix()).as("a file system with POSIX modes").isTrue();
        Issued issued = writeCertificate();
        writeKey(issued.keyPem());
        setMode(keyFile, mode);

        assertRefused(
                () -> PemFiles.identity(certificateFile, keyFile, NEVER_ASKED),
                keyFile + ": every user of this machine may read this private key (mode " + mode + "); run: chmod 600 "
                        + keyFile);
    }

    @Test
    void doesNotAskForAModeOfAFileWithoutAKey() throws Exception {
        assumeThat(isPosix()).as("a file system with POSIX modes").isTrue();
        Issued issued = writeCertificate();
        writeKey(issued.certificatePem());
        setMode(keyFile, "rw-r--r--");

        assertRefused(
                () -> PemFiles.identity(certificateFile, keyFile, NEVER_ASKED),
                keyFile + ": holds no private key; a block that begins with -----BEGIN PRIVATE KEY----- is expected");
    }

    @ParameterizedTest
    @ValueSource(strings = {"r--------", "rw-------", "rw-r-----"})
    void takesKeyThatNotEveryoneMayRead(String mode) throws Exception {
        assumeThat(isPosix()).as("a file system with POSIX modes").isTrue();
        Issued issued = writeCertificate();
        writeKey(issued.keyPem());
        setMode(keyFile, mode);

        assertThat(PemFiles.identity(certificateFile, keyFile, NEVER_ASKED).key())
                .isEqualTo(issued.key());
    }

    @Test
    void refusesFilesThatDoNotExist() throws Exception {
        assertRefused(
                () -> PemFiles.certificates(certificateFile),
                certificateFile + ": does not exist; check the path in the configuration");
        writeCertificate();
        assertRefused(
                () -> PemFiles.identity(certificateFile, keyFile, NEVER_ASKED),
                keyFile + ": does not exist; check the path in the configuration");
    }

    @Test
    void refusesEmptyFiles() throws Exception {
        Files.createFile(certificateFile);
        assertRefused(
                () -> PemFiles.certificates(certificateFile), certificateFile + ": is empty; a PEM file is expected");
        writeCertificate();
        writeKey("");
        assertRefused(
                () -> PemFiles.identity(certificateFile, keyFile, NEVER_ASKED),
                keyFile + ": is empty; a PEM file is expected");
    }

    @Test
    void refusesDirectoryInPlaceOfAFile() {
        assertThatExceptionOfType(TlsConfigException.class)
                .isThrownBy(() -> PemFiles.certificates(directory))
                .withMessageStartingWith(directory + ": ");
    }

    @Test
    void refusesHugeFile() throws Exception {
        Files.write(certificateFile, new byte[(1 << 20) + 1]);

        assertRefused(
                () -> PemFiles.certificates(certificateFile),
                certificateFile + ": is 1048577 bytes long; a PEM file of at most 1048576 bytes is expected");
    }

    @Test
    void refusesFilesWithoutWhatTheyShouldHold() throws Exception {
        Issued issued = TestCertificates.certificate().selfSigned();
        issued.writeKey(certificateFile);
        assertRefused(
                () -> PemFiles.certificates(certificateFile),
                certificateFile + ": holds no certificate; a block that begins with -----BEGIN CERTIFICATE----- is"
                        + " expected");
        issued.writeCertificate(certificateFile);
        writeKey(issued.certificatePem());
        assertRefused(
                () -> PemFiles.identity(certificateFile, keyFile, NEVER_ASKED),
                keyFile + ": holds no private key; a block that begins with -----BEGIN PRIVATE KEY----- is expected");
    }

    @Test
    void meetsEveryTruncationWithItsOwnException() throws Exception {
        Issued issued = writeCertificate();
        String certificate = issued.certificatePem().strip();
        String key = issued.keyPem().strip();

        for (int length = 1; length < certificate.length(); length++) {
            Files.writeString(certificateFile, certificate.substring(0, length));
            assertThatExceptionOfType(TlsConfigException.class)
                    .as("certificate cut to %d characters", length)
                    .isThrownBy(() -> PemFiles.certificates(certificateFile))
                    .withMessageStartingWith(certificateFile + ": ");
        }
        issued.writeCertificate(certificateFile);
        for (int length = 1; length < key.length(); length++) {
            writeKey(key.substring(0, length));
            assertThatExceptionOfType(TlsConfigException.class)
                    .as("key cut to %d characters", length)
                    .isThrownBy(() -> PemFiles.identity(certificateFile, keyFile, NEVER_ASKED))
                    .withMessageStartingWith(keyFile + ": ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"CERTIFICATE", "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"})
    void refusesBlockWithNonsense(String label) throws Exception {
        writeCertificate();
        writeKey("-----BEGIN " + label + "-----\nAAECAwQFBgc=\n-----END " + label + "-----\n");

        assertThatExceptionOfType(TlsConfigException.class)
                .isThrownBy(() -> PemFiles.identity(certificateFile, keyFile, NEVER_ASKED))
                .withMessageStartingWith(keyFile + ": ");
    }
}
