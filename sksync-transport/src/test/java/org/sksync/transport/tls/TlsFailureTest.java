package org.sksync.transport.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.DecoderException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.io.IOException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The sentences for failures that two ends of today do not bring about; the others are in {@link TlsContextsTest}. */
class TlsFailureTest {

    @ParameterizedTest
    @CsvSource({
        "certificate_required, the peer demands a certificate",
        "unknown_ca, the peer does not trust the certificate that it was shown",
        "certificate_expired, the peer says that the certificate it was shown has expired",
        "unsupported_certificate, the peer cannot use the certificate that it was shown",
        "protocol_version, the two ends have no TLS version in common",
        "internal_error, the peer ended TLS: internal_error"
    })
    void namesWhatThePeerSaid(String alert, String sentence) {
        Throwable failure = new DecoderException(new SSLHandshakeException("Received fatal alert: " + alert));

        assertThat(TlsFailure.describe(failure))
                .hasValueSatisfying(text -> assertThat(text).startsWith(sentence));
    }

    @Test
    void namesTheVersionWhenThisEndRefusesIt() {
        Throwable failure = new SSLHandshakeException(
                "Client requested protocol TLSv1 is not enabled or supported" + " in server context");

        assertThat(TlsFailure.describe(failure))
                .hasValue("the two ends have no TLS version in common; this one speaks TLS 1.2 and 1.3");
    }

    @Test
    void namesASilentPeer() {
        assertThat(TlsFailure.describe(new SslHandshakeTimeoutException("handshake timed out after 10000ms")))
                .hasValue("the peer did not finish the TLS handshake in time; check that it speaks TLS");
    }

    @Test
    void showsUnknownFailuresWithoutTheirControlCharacters() {
        assertThat(TlsFailure.describe(new SSLException("odd \u001b[2J\n" + "x".repeat(500))))
                .hasValueSatisfying(text -> assertThat(text)
                        .startsWith("TLS failed: odd ?[2J?x")
                        .hasSizeLessThan(250)
                        .isPrintable());
    }

    @Test
    void isSilentAboutOtherFailures() {
        assertThat(TlsFailure.describe(new IOException("Connection reset"))).isEmpty();
    }
}
