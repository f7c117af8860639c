package org.sksync.cli.command;

import io.netty.handler.ssl.SslContext;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import org.sksync.config.ClientProfile;
import org.sksync.config.ConfigException;
import org.sksync.config.KnownServers;
import org.sksync.config.TlsFiles;
import org.sksync.transport.tls.Fingerprint;
import org.sksync.transport.tls.KnownFingerprint;
import org.sksync.transport.tls.PasswordSource;
import org.sksync.transport.tls.PeerTrust;
import org.sksync.transport.tls.PemFiles;
import org.sksync.transport.tls.TlsConfigException;
import org.sksync.transport.tls.TlsContexts;
import org.sksync.transport.tls.TlsIdentity;

/** Loads the keys and certificates that a configuration names for a client. */
final class TlsSetup {

    private final Clock clock = Clock.systemUTC();
    private final PasswordSource passwords;

    TlsSetup(Terminal terminal) {
        this.passwords = passwords(terminal);
    }

    /**
     * Returns the client's side.
     *
     * @param known where servers' fingerprints are kept; used where the profile names no certificate
     */
    Optional<SslContext> forClient(ClientProfile profile, KnownServers known) throws CommandFailure {
        if (!profile.useSsl()) {
            return Optional.empty();
        }
        TlsFiles files = profile.tls();
        try {
            PeerTrust trust = files.serverCertificate().isPresent()
                    ? PeerTrust.fromFile(files.serverCertificate().get(), clock)
                    : onFirstUse(profile, known);
            Optional<TlsIdentity> identity = files.clientCertificate().isEmpty()
                    ? Optional.empty()
                    : Optional.of(identity(
                            files.clientCertificate().get(), files.clientKey(), "ssl_client_keyfile", passwords));
            return Optional.of(TlsContexts.forClient(trust, identity));
        } catch (TlsConfigException | ConfigException e) {
            throw new CommandFailure(ExitCode.USAGE, e);
        }
    }

    /**
     * Loads a certificate with its key.
     *
     * @param key where the key is, if not in the certificate's file
     * @param keyName the configuration's key that names it
     */
    static TlsIdentity identity(Path certificate, Optional<Path> key, String keyName, PasswordSource passwords)
            throws CommandFailure {
        try {
            return PemFiles.identity(certificate, key.orElse(certificate), passwords);
        } catch (TlsConfigException e) {
            if (key.isPresent()) {
                throw new CommandFailure(ExitCode.USAGE, e);
            }
            throw new CommandFailure(ExitCode.USAGE, e, " (a key in a file of its own is named with " + keyName + ")");
        }
    }

    /** Returns the password that the person at the terminal gives for a key. */
    static PasswordSource passwords(Terminal terminal) {
        return keyFile -> terminal.askSecret("Password of " + keyFile + ": ").orElseGet(() -> new char[0]);
    }

    private PeerTrust onFirstUse(ClientProfile profile, KnownServers known) throws ConfigException {
        Kept kept = new Kept(profile, known);
        // What is wrong with the file is said before anything is sent.
        kept.read();
        return PeerTrust.onFirstUse(kept, clock);
    }

    /** What is kept of a profile's server, by this run or another one. A class and no function: those cost each start more. */
    private record Kept(ClientProfile profile, KnownServers known) implements KnownFingerprint {

        @Override
        public Optional<Fingerprint> now() throws CertificateException {
            try {
                return read();
            } catch (ConfigException e) {
                throw new CertificateException(e.getMessage(), e);
            }
        }

        @Override
        public String server() {
            return profile.host() + ":" + profile.port();
        }

        @Override
        public String place() {
            Path file = known.file().toAbsolutePath().normalize();
            try {
                OptionalInt line = known.line(profile.host(), profile.port());
                if (line.isPresent()) {
                    return "line " + line.getAsInt() + " of " + file;
                }
            } catch (ConfigException e) {
                // It could be read a moment ago; whoever opens it sees what is wrong now.
            }
            return "its line in " + file;
        }

        private Optional<Fingerprint> read() throws ConfigException {
            String address = server();
            Optional<String> hex = known.fingerprint(profile.host(), profile.port());
            if (hex.isPresent()) {
                // Not empty where it can't be read: that would be a first contact, and trust anybody.
                return Optional.of(Fingerprint.parse("SHA256:" + hex.get())
                        .orElseThrow(() -> new ConfigException(known.file() + ": the fingerprint of " + address
                                + " is none (expected: SHA256: and 64 hexadecimal digits)")));
            }
            if (profile.requireTls()) {
                throw new ConfigException("require_tls is true, and nothing is known of the certificate of " + address
                        + " (expected: ssl_server_certfile, or a line \"" + address + " SHA256:...\" in "
                        + known.file() + ")");
            }
            return Optional.empty();
        }
    }
}
