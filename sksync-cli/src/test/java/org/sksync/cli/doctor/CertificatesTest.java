package org.sksync.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.cli.doctor.Finding.Area;
import org.sksync.cli.doctor.Finding.Status;
import org.sksync.testkit.TestCertificates;
import org.sksync.testkit.TestCertificates.Issued;
import org.sksync.transport.tls.Fingerprint;

class CertificatesTest {

    private final Certificates certificates = new Certificates(Clock.systemUTC(), file -> new char[0]);

    @TempDir
    Path here;

    private Certificates.Own own(Issued issued) throws Exception {
        return certificates.own(
                "key",
                issued.writeCertificate(here.resolve("c.pem")),
                Optional.of(issued.writeKey(here.resolve("c.key"))));
    }

    private static Issued lasting(Duration from, Duration until) {
        Instant now = Instant.now();
        return TestCertificates.certificate()
                .valid(now.plus(from), now.plus(until))
                .selfSigned();
    }

    @Test
    void isContentWithACertificateThatLastsAndItsKey() throws Exception {
        Issued issued = lasting(Duration.ofDays(-1), Duration.ofDays(90));

        Certificates.Own own = own(issued);

        assertThat(own.finding().status()).isEqualTo(Status.OK);
        assertThat(own.finding().what()).contains("valid until", "its key fits");
        assertThat(own.fingerprint()).contains(Fingerprint.of(issued.certificate()));
    }

    @Test
    void warnsOfOneThatEndsWithinThirtyDays() throws Exception {
        assertThat(own(lasting(Duration.ofDays(-1), Duration.ofDays(29))).finding())
                .returns(Status.WARN, Finding::status)
                .extracting(Finding::advice)
                .asString()
                .contains("renew");
    }

    @Test
    void findsOneThatHasEndedOrHasNotBegun() throws Exception {
        for (Issued issued : new Issued[] {
            lasting(Duration.ofDays(-9), Duration.ofDays(-1)), lasting(Duration.ofDays(1), Duration.ofDays(90))
        }) {
            Finding finding = own(issued).finding();
            assertThat(finding.status()).isEqualTo(Status.BAD);
            assertThat(finding.area()).isEqualTo(Area.IDENTITY);
            assertThat(finding.advice()).contains("make-certs.sh");
            assertThat(certificates
                            .trusted("key", issued.writeCertificate(here.resolve("t.pem")))
                            .status())
                    .isEqualTo(Status.BAD);
        }
    }

    @Test
    void findsTheKeyOfAnotherCertificate() throws Exception {
        Path certificate = TestCertificates.certificate().selfSigned().writeCertificate(here.resolve("c.pem"));
        Path key = TestCertificates.certificate().selfSigned().writeKey(here.resolve("c.key"));

        Certificates.Own own = certificates.own("key", certificate, Optional.of(key));

        assertThat(own.finding().status()).isEqualTo(Status.BAD);
        assertThat(own.finding().what()).contains("does not belong to the certificate");
        assertThat(own.fingerprint()).isEmpty();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void findsAKeyThatEverybodyMayRead() throws Exception {
        Issued issued = TestCertificates.certificate().selfSigned();
        Path key = issued.writeKey(here.resolve("c.key"));
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));

        Finding finding = certificates
                .own("key", issued.writeCertificate(here.resolve("c.pem")), Optional.of(key))
                .finding();

        assertThat(finding.status()).isEqualTo(Status.BAD);
        assertThat(finding.what()).contains("chmod 600");
    }

    @Test
    void findsAFileThatIsMissing() {
        Finding finding = certificates.trusted("ssl_server_certfile", here.resolve("none.pem"));

        assertThat(finding.status()).isEqualTo(Status.BAD);
        assertThat(finding.area()).isEqualTo(Area.CONFIGURATION);
        assertThat(finding.what()).contains("ssl_server_certfile", "does not exist");
    }
}
