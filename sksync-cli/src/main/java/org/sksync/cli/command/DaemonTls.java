package org.sksync.cli.command;

import io.netty.handler.ssl.SslContext;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sksync.config.FileStamp;
import org.sksync.config.ServerSettings;
import org.sksync.config.TlsFiles;
import org.sksync.server.config.ServerTls;
import org.sksync.transport.tls.Fingerprint;
import org.sksync.transport.tls.PasswordSource;
import org.sksync.transport.tls.PeerTrust;
import org.sksync.transport.tls.PemFiles;
import org.sksync.transport.tls.TlsConfigException;
import org.sksync.transport.tls.TlsContexts;
import org.sksync.transport.tls.TlsIdentity;

/**
 * A daemon's side of TLS, as it was read.
 *
 * @param side what new connections speak TLS with
 * @param identity the daemon's certificate and key
 * @param identityFiles what their files looked like just before they were read
 */
record DaemonTls(ServerTls side, TlsIdentity identity, List<FileStamp> identityFiles) {

    /** Returns the moment after which clients refuse the certificate. */
    Instant certificateEnds() {
        return identity.expires();
    }

    /** Returns the files that are read for these settings; there are none without TLS. */
    static List<Path> files(ServerSettings settings) {
        TlsFiles files = settings.tls();
        return settings.useSsl()
                ? Stream.of(files.serverCertificate(), files.serverKey(), files.clientCertificate())
                        .flatMap(Optional::stream)
                        .distinct()
                        .toList()
                : List.of();
    }

    /** Reads what the settings name; empty without TLS. */
    static Optional<DaemonTls> read(ServerSettings settings, PasswordSource passwords, Clock clock)
            throws CommandFailure {
        if (!settings.useSsl()) {
            return Optional.empty();
        }
        List<FileStamp> stamps = identityStamps(settings.tls());
        return Optional.of(of(settings.tls(), identity(settings.tls(), passwords), stamps, Optional.empty(), clock));
    }

    /**
     * What reading again has brought.
     *
     * @param tls what new connections speak TLS with
     * @param note what the operator should know of it
     */
    record Again(Optional<DaemonTls> tls, Optional<String> note) {}

    /**
     * Reads what the settings name by now. A certificate whose files are as they were is not read again, and one whose key
     * has a password can't be, since nobody is there to ask: the one of before stays.
     */
    static Again readAgain(ServerSettings settings, Optional<DaemonTls> before, Clock clock) throws CommandFailure {
        if (!settings.useSsl()) {
            return new Again(Optional.empty(), Optional.empty());
        }
        List<FileStamp> stamps = identityStamps(settings.tls());
        if (before.isPresent() && before.get().identityFiles().equals(stamps)) {
            return new Again(
                    Optional.of(of(settings.tls(), before.get().identity(), stamps, before, clock)), Optional.empty());
        }
        NobodyToAsk nobody = new NobodyToAsk();
        try {
            TlsIdentity identity = identity(settings.tls(), nobody);
            return new Again(Optional.of(of(settings.tls(), identity, stamps, before, clock)), Optional.empty());
        } catch (CommandFailure e) {
            if (!nobody.asked || before.isEmpty()) {
                throw e;
            }
            return new Again(
                    Optional.of(of(settings.tls(), before.get().identity(), stamps, before, clock)),
                    Optional.of("the certificate of before stays until a restart: its new key has a password, which can"
                            + " only be asked for at a start"));
        }
    }

    private static DaemonTls of(
            TlsFiles files, TlsIdentity identity, List<FileStamp> stamps, Optional<DaemonTls> before, Clock clock)
            throws CommandFailure {
        try {
            Optional<Path> clients = files.clientCertificate();
            List<X509Certificate> authorities = clients.isEmpty() ? List.of() : PemFiles.certificates(clients.get());
            Set<Fingerprint> fingerprints =
                    authorities.stream().map(Fingerprint::of).collect(Collectors.toUnmodifiableSet());
            if (before.isPresent()
                    && before.get().identity().equals(identity)
                    && before.get().side().clientAuthorities().equals(fingerprints)) {
                // Clients that come again can take up the TLS session that they had.
                return new DaemonTls(before.get().side(), identity, stamps);
            }
            SslContext context = TlsContexts.forServer(
                    identity, clients.map(file -> PeerTrust.ofCertificates(authorities, file.toString(), clock)));
            return new DaemonTls(new ServerTls(context, fingerprints), identity, stamps);
        } catch (TlsConfigException e) {
            throw new CommandFailure(ExitCode.USAGE, e);
        }
    }

    private static TlsIdentity identity(TlsFiles files, PasswordSource passwords) throws CommandFailure {
        Path certificate = files.serverCertificate()
                .orElseThrow(() -> new CommandFailure(
                        ExitCode.USAGE, "ssl_server_certfile: missing (expected: a certificate, use_ssl is true)"));
        return TlsSetup.identity(certificate, files.serverKey(), "ssl_server_keyfile", passwords);
    }

    private static List<FileStamp> identityStamps(TlsFiles files) {
        return Stream.of(files.serverCertificate(), files.serverKey())
                .flatMap(Optional::stream)
                .map(FileStamp::of)
                .toList();
    }

    /** Answers that there is no password, and remembers that one was needed. */
    private static final class NobodyToAsk implements PasswordSource {

        private boolean asked;

        @Override
        public char[] passwordFor(Path keyFile) {
            asked = true;
            return new char[0];
        }
    }
}
