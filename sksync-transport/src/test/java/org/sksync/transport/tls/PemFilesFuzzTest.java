package org.sksync.transport.tls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.provider.MethodSource;
import org.sksync.testkit.TestCertificates;
import org.sksync.testkit.TestCertificates.Issued;
import org.sksync.testkit.TestCertificates.KeyType;

/**
 * Any bytes as a PEM file: what a daemon can show and trust, or one sentence about what is wrong. The first byte of an
 * input picks a label; the rest is the block beneath it, so that not every change breaks the base64 around it. For the
 * first label the rest is the whole file. Only with the first byte's highest bit set is there a password to be had:
 * decrypting takes its time.
 */
class PemFilesFuzzTest {

    private static final String PASSWORD = "secret";
    private static final int WITH_PASSWORD = 0x80;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\n([A-Za-z0-9+/=\n]+)-----END \\1-----");
    private static final List<String> LABELS = List.of(
            "",
            "CERTIFICATE",
            "X509 CERTIFICATE",
            "TRUSTED CERTIFICATE",
            "PRIVATE KEY",
            "ENCRYPTED PRIVATE KEY",
            "RSA PRIVATE KEY",
            "EC PRIVATE KEY",
            "EC PARAMETERS",
            "DSA PRIVATE KEY",
            "PUBLIC KEY",
            "CERTIFICATE REQUEST",
            "X509 CRL",
            "PKCS7");
    private static final Path DIRECTORY =
            Jimfs.newFileSystem(Configuration.unix()).getPath("").toAbsolutePath();
    private static final Path FILE = DIRECTORY.resolve("any");
    private static final Path CERTIFICATE = DIRECTORY.resolve("certificate");

    @BeforeAll
    static void writeCertificate() throws IOException {
        Files.writeString(
                CERTIFICATE,
                TestCertificates.certificate().selfSigned().certificatePem()
                        + TestCertificates.certificate()
                                .keyType(KeyType.RSA)
                                .selfSigned()
                                .certificatePem());
    }

    static Stream<byte[]> files() throws Exception {
        Issued ec = TestCertificates.certificate().selfSigned();
        Issued rsa = TestCertificates.certificate().keyType(KeyType.RSA).selfSigned();
        Stream.Builder<String> texts = Stream.builder();
        texts.add("").add("no PEM").add("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n");
        texts.add("-----BEGIN PRIVATE KEY-----\n").add("\ufeff" + ec.certificatePem());
        for (KeyForms form : KeyForms.values()) {
            Issued issued = form.keyType() == KeyType.EC ? ec : rsa;
            texts.add(issued.certificatePem() + "between\n" + form.pem(issued.keys(), PASSWORD.toCharArray()));
        }
        return texts.build().flatMap(PemFilesFuzzTest::inputs);
    }

    /** Returns the file as it is, and each block without its label and base64. */
    private static Stream<byte[]> inputs(String pem) {
        Stream.Builder<byte[]> inputs = Stream.builder();
        int password = pem.contains("ENCRYPTED") ? WITH_PASSWORD : 0;
        inputs.add(input(password, pem.getBytes(UTF_8)));
        for (Matcher blocks = BLOCK.matcher(pem); blocks.find(); ) {
            inputs.add(input(
                    LABELS.indexOf(blocks.group(1)), Base64.getMimeDecoder().decode(blocks.group(2))));
        }
        return inputs.build();
    }

    private static byte[] input(int label, byte[] rest) {
        byte[] input = new byte[rest.length + 1];
        input[0] = (byte) label;
        System.arraycopy(rest, 0, input, 1, rest.length);
        return input;
    }

    @MethodSource("files")
    @FuzzTest
    void readsOrSaysWhatIsWrong(byte[] input) throws Exception {
        if (input.length == 0) {
            return;
        }
        String label = LABELS.get((input[0] & WITH_PASSWORD - 1) % LABELS.size());
        PasswordSource passwords = file -> (input[0] & WITH_PASSWORD) == 0 ? new char[0] : PASSWORD.toCharArray();
        byte[] rest = Arrays.copyOfRange(input, 1, input.length);
        Files.write(FILE, label.isEmpty() ? rest : armoured(label, rest));
        try {
            assertThat(PemFiles.certificates(FILE)).isNotEmpty();
        } catch (TlsConfigException e) {
            assertThat(e.getMessage()).startsWith(FILE + ": ");
        }
        try {
            TlsIdentity identity = PemFiles.identity(CERTIFICATE, FILE, passwords);
            assertThat(identity.chain()).isNotEmpty();
        } catch (TlsConfigException e) {
            assertThat(e.getMessage()).startsWith(FILE + ": ").doesNotContain(PASSWORD);
        }
        try {
            TlsIdentity identity = PemFiles.identity(FILE, FILE, passwords);
            assertThat(identity.fingerprint().toString()).isNotEmpty();
        } catch (TlsConfigException e) {
            assertThat(e.getMessage()).startsWith(FILE + ": ").doesNotContain(PASSWORD);
        }
    }

    private static byte[] armoured(String label, byte[] block) {
        return ("-----BEGIN " + label + "-----\n" + Base64.getMimeEncoder().encodeToString(block) + "\n-----END "
                        + label + "-----\n")
                .getBytes(UTF_8);
    }
}
