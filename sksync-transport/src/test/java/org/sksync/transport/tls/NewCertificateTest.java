package org.sksync.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NewCertificateTest {

    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07Z");

    private final SecureRandom random = new SecureRandom();

    @TempDir
    private Path directory;

    private NewCertificate make(String... hosts) {
        return NewCertificate.make(List.of(hosts), Clock.fixed(NOW, ZoneOffset.UTC), random);
    }

    private X509Certificate certificate(NewCertificate made) throws Exception {
        return PemFiles.certificates(Files.write(directory.resolve("made.pem"), made.certificatePem()))
                .get(0);
    }

    @Test
    void isReadBackWithItsKeyAsAServersIdentity() throws Exception {
        NewCertificate made = make("desk");
        Path certificate = Files.write(directory.resolve("made.pem"), made.certificatePem());
        Path key = Files.write(directory.resolve("made.key"), made.keyPem());
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));

        TlsIdentity identity = PemFiles.identity(certificate, key, file -> new char[0]);

        assertThat(identity.fingerprint()).isEqualTo(made.fingerprint());
        assertThat(TlsContexts.forServer(identity, Optional.empty())).isNotNull();
    }

    @Test
    void namesEveryHostAsWhatItIs() throws Exception {
        X509Certificate certificate = certificate(make("desk.example", "192.168.1.10", "2001:db8:0:0:0:0:0:1"));

        assertThat(certificate.getSubjectAlternativeNames())
                .extracting(name -> name.get(0) + " " + name.get(1))
                .containsExactly("2 desk.example", "7 192.168.1.10", "7 2001:db8:0:0:0:0:0:1");
    }

    @Test
    void isForServersAloneAndNoAuthority() throws Exception {
        X509Certificate certificate = certificate(make("desk"));

        assertThat(certificate.getBasicConstraints()).isEqualTo(-1);
        assertThat(certificate.getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
        assertThat(((ECPublicKey) certificate.getPublicKey())
                        .getParams()
                        .getOrder()
                        .bitLength())
                .isEqualTo(256);
        certificate.verify(certificate.getPublicKey());
    }

    @Test
    void isValidFromADayAgoForTenYears() throws Exception {
        X509Certificate certificate = certificate(make("desk"));

        assertThat(certificate.getNotBefore().toInstant()).isEqualTo(NOW.minus(Duration.ofDays(1)));
        assertThat(certificate.getNotAfter().toInstant())
                .isEqualTo(NOW.minus(Duration.ofDays(1)).plus(Duration.ofDays(3650)));
    }

    @Test
    void isAnotherOneEachTime() {
        assertThat(make("desk").fingerprint()).isNotEqualTo(make("desk").fingerprint());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "k\u00fcche", "a b", "-desk", "192.168.1", "fe80::1%eth0", "a\nb"})
    void refusesWhatIsNoHost(String host) {
        assertThatIllegalArgumentException().isThrownBy(() -> make(host));
    }

    @Test
    void doesNotShowItsKey() {
        assertThat(make("desk")).asString().matches("NewCertificate\\[SHA256:[0-9a-f]{64}]");
    }
}
