package org.sksync.cli.doctor;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.sksync.cli.doctor.Finding.Area;
import org.sksync.transport.tls.Fingerprint;
import org.sksync.transport.tls.PasswordSource;
import org.sksync.transport.tls.PemFiles;
import org.sksync.transport.tls.TlsConfigException;
import org.sksync.transport.tls.TlsIdentity;

/** The checks of certificates and their keys. */
final class Certificates {

    /** How long before its end a certificate is to be renewed. */
    private static final Duration RENEWAL = Duration.ofDays(30);

    private final Clock clock;
    private final PasswordSource passwords;

    Certificates(Clock clock, PasswordSource passwords) {
        this.clock = clock;
        this.passwords = passwords;
    }

    /**
     * A certificate of this side.
     *
     * @param finding whether it can be used
     * @param fingerprint what peers see of it, if it can be read
     */
    record Own(Finding finding, Optional<Fingerprint> fingerprint) {}

    /** Looks at a certificate that this side shows, and at its key. */
    Own own(String key, Path certificate, Optional<Path> keyFile) {
        // A key with a password that nobody is there to type can't be looked at.
        boolean[] askedInVain = new boolean[1];
        try {
            TlsIdentity identity = PemFiles.identity(certificate, keyFile.orElse(certificate), file -> {
                char[] password = passwords.passwordFor(file);
                askedInVain[0] = password.length == 0;
                return password;
            });
            X509Certificate leaf = identity.chain().get(0);
            return new Own(dates(key, certificate, leaf, "its key fits"), Optional.of(identity.fingerprint()));
        } catch (TlsConfigException e) {
            Finding finding = askedInVain[0]
                    ? Finding.skipped(
                            Area.IDENTITY,
                            key + ": the private key has a password; run this at a terminal to be asked for it")
                    : Finding.bad(Area.CONFIGURATION, key + ": " + e.getMessage(), "");
            return new Own(finding, Optional.empty());
        }
    }

    /** Looks at certificates that the other side's is checked against. */
    Finding trusted(String key, Path file) {
        try {
            List<X509Certificate> certificates = PemFiles.certificates(file);
            X509Certificate last = certificates.stream()
                    .max(Comparator.comparing(X509Certificate::getNotAfter))
                    .orElseThrow();
            return dates(key, file, last, certificates.size() == 1 ? "one certificate" : "the last of several");
        } catch (TlsConfigException e) {
            return Finding.bad(Area.CONFIGURATION, key + ": " + e.getMessage(), "");
        }
    }

    private Finding dates(String key, Path file, X509Certificate certificate, String more) {
        Instant now = clock.instant();
        Instant begin = certificate.getNotBefore().toInstant();
        Instant end = certificate.getNotAfter().toInstant();
        String which = key + " " + file + " (" + Fingerprint.of(certificate) + ")";
        if (now.isBefore(begin)) {
            return Finding.bad(
                    Area.IDENTITY,
                    which + " is not valid before " + day(begin),
                    "check this machine's clock, or make another certificate with certs/make-certs.sh");
        }
        if (now.isAfter(end)) {
            return Finding.bad(
                    Area.IDENTITY,
                    which + " ended on " + day(end) + ", so it is refused",
                    "renew it with certs/make-certs.sh");
        }
        if (Duration.between(now, end).compareTo(RENEWAL) < 0) {
            return Finding.warn(
                    Area.IDENTITY,
                    which + " ends on " + day(end) + ", and is refused from then on",
                    "renew it with certs/make-certs.sh");
        }
        return Finding.ok(Area.IDENTITY, which + " is valid until " + day(end) + "; " + more);
    }

    private static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, ZoneOffset.UTC);
    }
}
