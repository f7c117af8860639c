package org.sksync.transport.tls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

/**
 * The SHA-256 digest of a certificate's encoding, written {@code SHA256:<64 lower-case hex digits>}.
 *
 * @param text the written form
 */
public record Fingerprint(String text) {

    private static final String PREFIX = "SHA256:";
    private static final Pattern FORM = Pattern.compile(PREFIX + "[0-9a-f]{64}");

    /**
     * Checks the written form.
     *
     * @throws IllegalArgumentException if {@code text} is not in it
     */
    public Fingerprint {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("fingerprint: not in the form SHA256:<64 lower-case hex digits>");
        }
    }

    /** Returns the fingerprint of a certificate. */
    public static Fingerprint of(Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return new Fingerprint(PREFIX + HexFormat.of().formatHex(digest));
        } catch (CertificateEncodingException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("a parsed certificate has an encoding, and every JDK has SHA-256", e);
        }
    }

    /**
     * Reads a fingerprint that was stored or typed; hex of either case, with or without colons between the bytes as
     * openssl prints them.
     *
     * @return the fingerprint, or empty if the text is none
     */
    public static Optional<Fingerprint> parse(String text) {
        if (!text.startsWith(PREFIX)) {
            return Optional.empty();
        }
        String hex = text.substring(PREFIX.length()).replace(":", "").toLowerCase(Locale.ROOT);
        String normal = PREFIX + hex;
        return FORM.matcher(normal).matches() ? Optional.of(new Fingerprint(normal)) : Optional.empty();
    }

    /** Returns the digits alone, without the name of the digest. */
    public String hex() {
        return text.substring(PREFIX.length());
    }

    /**
     * Returns the fingerprint of the certificate that a peer showed, or empty if it showed none. Only after the
     * handshake is over has the peer proved that it holds the certificate's key.
     */
    public static Optional<Fingerprint> ofPeer(SSLSession session) {
        try {
            return Optional.of(of(session.getPeerCertificates()[0]));
        } catch (SSLPeerUnverifiedException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
