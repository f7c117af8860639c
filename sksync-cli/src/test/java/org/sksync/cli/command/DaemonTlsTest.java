package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.Optional;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.config.ConfigReader;
import org.sksync.config.ServerSettings;
import org.sksync.testkit.TestCertificates;
import org.sksync.testkit.TestCertificates.Issued;
import org.sksync.transport.tls.Fingerprint;
import org.sksync.transport.tls.PasswordSource;

/** What a daemon shows, and whom it believes, when it reads its certificates again. */
class DaemonTlsTest {

    private static final PasswordSource TYPED = keyFile -> "secret".toCharArray();
    private static final PasswordSource NOBODY = keyFile -> new char[0];

    @TempDir
    private Path here;

    private final Issued first = TestCertificates.certificate().selfSigned();
    private final Issued second = TestCertificates.certificate().selfSigned();
    private ServerSettings settings;

    @BeforeEach
    void configure() throws Exception {
        settings = settings("");
    }

    private ServerSettings settings(String more) throws Exception {
        Path file = Files.writeString(here.resolve("sksync.json"), """
                {"use_ssl": true, "ssl_server_certfile": "%s", "ssl_server_keyfile": "%s"%s}
                """.formatted(certificate(), key(), more));
        return ConfigReader.read(file).server();
    }

    private Path certificate() {
        return here.resolve("server.pem");
    }

    private Path key() {
        return here.resolve("server.key");
    }

    private void write(Issued issued) throws IOException {
        issued.writeCertificate(certificate());
        issued.writeKey(key());
    }

    private void writeWithPassword(Issued issued) throws Exception {
        issued.writeCertificate(certificate());
        StringWriter text = new StringWriter();
        try (JcaPEMWriter pem = new JcaPEMWriter(text)) {
            pem.writeObject(new JcaPKCS8Generator(
                    issued.key(),
                    new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
                            .setProvider(new BouncyCastleProvider())
                            .setPassword("secret".toCharArray())
                            .build()));
        }
        Files.writeString(key(), text.toString());
        Files.setPosixFilePermissions(key(), PosixFilePermissions.fromString("rw-------"));
    }

    private DaemonTls read(PasswordSource passwords) throws CommandFailure {
        return DaemonTls.read(settings, passwords, Clock.systemUTC()).orElseThrow();
    }

    private DaemonTls.Again again(DaemonTls before) throws CommandFailure {
        return DaemonTls.readAgain(settings, Optional.of(before), Clock.systemUTC());
    }

    private static Fingerprint shownBy(DaemonTls.Again again) {
        return again.tls().orElseThrow().identity().fingerprint();
    }

    @Test
    void keepsItsContextWhileItsFilesAreAsTheyWere() throws Exception {
        write(first);
        DaemonTls before = read(NOBODY);

        DaemonTls.Again again = again(before);

        assertThat(again.tls()).hasValueSatisfying(now -> assertThat(now.side()).isSameAs(before.side()));
        assertThat(again.note()).isEmpty();
    }

    @Test
    void showsACertificateThatWasRenewed() throws Exception {
        write(first);
        DaemonTls before = read(NOBODY);
        write(second);

        DaemonTls.Again again = again(before);

        assertThat(shownBy(again)).isEqualTo(Fingerprint.of(second.certificate()));
        assertThat(again.note()).isEmpty();
    }

    @Test
    void refusesACertificateWhoseKeyHasNotComeYet() throws Exception {
        write(first);
        DaemonTls before = read(NOBODY);
        second.writeCertificate(certificate());

        assertThatThrownBy(() -> again(before))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("does not belong to the certificate");
    }

    @Test
    void asksForNoPasswordWhileTheKeyIsAsItWas() throws Exception {
        writeWithPassword(first);
        DaemonTls before = read(TYPED);

        DaemonTls.Again again = again(before);

        assertThat(shownBy(again)).isEqualTo(Fingerprint.of(first.certificate()));
        assertThat(again.note()).isEmpty();
    }

    @Test
    void keepsTheCertificateOfBeforeWhereTheNewKeyHasAPassword() throws Exception {
        writeWithPassword(first);
        DaemonTls before = read(TYPED);
        writeWithPassword(second);

        DaemonTls.Again again = again(before);

        assertThat(shownBy(again)).isEqualTo(Fingerprint.of(first.certificate()));
        assertThat(again.note()).hasValueSatisfying(note -> assertThat(note).contains("until a restart", "password"));
    }

    @Test
    void refusesToBeginWithAKeyWhosePasswordNobodyCanBeAskedFor() throws Exception {
        writeWithPassword(first);

        assertThatThrownBy(() -> DaemonTls.readAgain(settings, Optional.empty(), Clock.systemUTC()))
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("encrypted");
    }

    @Test
    void believesOtherClientsWhileTheKeyWithAPasswordStays() throws Exception {
        writeWithPassword(first);
        DaemonTls before = read(TYPED);
        Path clients = second.writeCertificate(here.resolve("clients.pem"));
        settings = settings(", \"ssl_client_certfile\": \"" + clients + "\"");

        DaemonTls now = again(before).tls().orElseThrow();

        assertThat(now.identity().fingerprint()).isEqualTo(Fingerprint.of(first.certificate()));
        assertThat(now.side().clientAuthorities()).containsExactly(Fingerprint.of(second.certificate()));
        assertThat(before.side().clientAuthorities()).isEmpty();
    }

    @Test
    void hasNothingWithoutTls() throws Exception {
        write(first);
        DaemonTls before = read(NOBODY);
        settings = ConfigReader.read(Files.writeString(here.resolve("sksync.json"), "{}"))
                .server();

        assertThat(again(before).tls()).isEmpty();
        assertThat(DaemonTls.files(settings)).isEmpty();
    }
}
