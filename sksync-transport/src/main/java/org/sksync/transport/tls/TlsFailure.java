package org.sksync.transport.tls;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * What failed in TLS, in one sentence that says which end has to do something about it.
 *
 * <p>In TLS 1.3 a client's handshake is over before the server has judged the client's certificate: the refusal then
 * arrives as an exception of the established connection, and is described here too.
 */
public final class TlsFailure {

    private static final String ALERT = "Received fatal alert: ";

    private TlsFailure() {}

    /**
     * Describes a failure.
     *
     * @param failure as it came from a handshake or a channel, wrapped or not
     * @return the sentence, without a full stop; empty if the failure is none of TLS
     */
    public static Optional<String> describe(Throwable failure) {
        Optional<CertificateRefusedException> refused = cause(failure, CertificateRefusedException.class);
        if (refused.isPresent()) {
            return Optional.ofNullable(refused.get().getMessage());
        }
        if (cause(failure, NotSslRecordException.class).isPresent()) {
            return Optional.of("the peer does not speak TLS on this port; use TLS at both ends or at neither");
        }
        if (cause(failure, SslHandshakeTimeoutException.class).isPresent()) {
            return Optional.of("the peer did not finish the TLS handshake in time; check that it speaks TLS");
        }
        return cause(failure, SSLException.class).map(TlsFailure::sentence);
    }

    private static String sentence(SSLException failure) {
        String message = String.valueOf(failure.getMessage());
        int alert = message.indexOf(ALERT);
        if (alert >= 0) {
            return alert(message.substring(alert + ALERT.length()).strip());
        }
        if (message.contains("Empty client certificate chain")) {
            return "the client showed no certificate although this server demands one";
        }
        if (message.contains("Connection closed while SSL/TLS handshake was in progress")) {
            return "the peer closed the connection during the TLS handshake; check that it speaks TLS";
        }
        if (message.contains("protocol version") || message.contains("not enabled or supported in server context")) {
            return protocolVersion();
        }
        if (message.contains("Unsupported or unrecognized SSL message")
                || message.contains("Unrecognized record version")) {
            return "the peer does not speak TLS on this port; use TLS at both ends or at neither";
        }
        return "TLS failed: " + shown(message);
    }

    private static String alert(String name) {
        return switch (name) {
            case "certificate_required", "bad_certificate" ->
                "the peer demands a certificate that it knows, and got"
                        + " none or a wrong one; set the client certificate that it expects";
            case "certificate_unknown", "unknown_ca", "access_denied" ->
                "the peer does not trust the certificate that" + " it was shown; give it this end's certificate";
            case "certificate_expired" -> "the peer says that the certificate it was shown has expired; renew it";
            case "unsupported_certificate" ->
                "the peer cannot use the certificate that it was shown; make one that is" + " meant for this end";
            case "protocol_version" -> protocolVersion();
            case "handshake_failure" ->
                "the peer found no common way to speak TLS, or wants a certificate; check that"
                        + " it speaks TLS 1.2 or 1.3";
            default -> "the peer ended TLS: " + shown(name);
        };
    }

    private static String protocolVersion() {
        return "the two ends have no TLS version in common; this one speaks TLS 1.2 and 1.3";
    }

    private static String shown(String text) {
        String printable = text.replaceAll("[^ -~]", "?");
        return printable.length() <= 200 ? printable : printable.substring(0, 200);
    }

    private static <T extends Throwable> Optional<T> cause(Throwable failure, Class<T> type) {
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 20; cause = cause.getCause(), depth++) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }
}
