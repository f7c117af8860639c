package org.sksync.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.testkit.TestCertificates;

class FingerprintTest {

    private static final String TEXT = "SHA256:" + "0123456789abcdef".repeat(4);

    @Test
    void isTheDigestOfTheEncoding() {
        Fingerprint fingerprint =
                Fingerprint.of(TestCertificates.certificate().selfSigned().certificate());

        assertThat(Fingerprint.parse(fingerprint.text())).hasValue(fingerprint);
        assertThat(fingerprint)
                .isNotEqualTo(Fingerprint.of(
                        TestCertificates.certificate().selfSigned().certificate()));
    }

    @Test
    void isReadInBothCasesAndWithColons() {
        assertThat(Fingerprint.parse(TEXT)).hasValue(new Fingerprint(TEXT));
        assertThat(Fingerprint.parse("SHA256:" + "0123456789ABCDEF".repeat(4))).hasValue(new Fingerprint(TEXT));
        assertThat(Fingerprint.parse("SHA256:" + "01:23:45:67:89:AB:CD:EF:".repeat(4)))
                .hasValue(new Fingerprint(TEXT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SHA256:", "SHA256:abc", "SHA1:0123456789abcdef", "0123456789abcdef"})
    void isNotReadFromOtherText(String text) {
        assertThat(Fingerprint.parse(text)).isEmpty();
        assertThatIllegalArgumentException().isThrownBy(() -> new Fingerprint(text));
    }

    @Test
    void isNotReadWhenADigitIsMissingOrTooMany() {
        assertThat(Fingerprint.parse(TEXT.substring(0, TEXT.length() - 1))).isEmpty();
        assertThat(Fingerprint.parse(TEXT + "0")).isEmpty();
        assertThat(Fingerprint.parse(TEXT.replace('a', 'g'))).isEmpty();
    }
}
