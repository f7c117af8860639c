package org.sksync.cli.doctor;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sksync.cli.doctor.Finding.Area;
import org.sksync.config.ServerSettings;
import org.sksync.config.TlsFiles;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.path.AllowedRoots;
import org.sksync.files.path.OutsidePolicy;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.scan.ScanDepth;
import org.sksync.files.store.GuardedFiles;
import org.sksync.transport.tls.Fingerprint;

/** The checks of what a configuration says to a daemon. */
final class DaemonChecks {

    private final ServerSettings settings;
    private final GuardedFiles own;
    private final Path file;
    private final Certificates certificates;
    private final Directories directories;

    DaemonChecks(
            ServerSettings settings, GuardedFiles own, Path file, Certificates certificates, Directories directories) {
        this.settings = settings;
        this.own = own;
        this.file = file;
        this.certificates = certificates;
        this.directories = directories;
    }

    List<Finding> run() {
        List<Finding> findings = new ArrayList<>();
        findings.add(users());
        Optional<Fingerprint> shown = tls(findings);
        findings.add(port(shown));
        directories(findings);
        return findings.stream().map(finding -> finding.of("daemon")).toList();
    }

    private Finding users() {
        int users = settings.users().size();
        if (!settings.requireAuth()) {
            return settings.sksync1Compat()
                    ? Finding.ok(
                            Area.IDENTITY,
                            "it serves everybody, as the Android app needs; keep it in a trusted network")
                    : Finding.warn(
                            Area.IDENTITY,
                            "it serves everybody who reaches its port",
                            "set require_auth to true unless that is meant");
        }
        return users == 0
                ? Finding.bad(
                        Area.CONFIGURATION,
                        "nobody can log in: require_auth is true and no user has a verifier",
                        "add a user with: sksync useredit add NAME -c " + file)
                : Finding.ok(Area.IDENTITY, users + (users == 1 ? " user" : " users") + " can log in");
    }

    private Optional<Fingerprint> tls(List<Finding> findings) {
        TlsFiles files = settings.tls();
        if (!settings.useSsl() || files.serverCertificate().isEmpty()) {
            findings.add(
                    settings.sksync1Compat()
                            ? Finding.ok(Area.IDENTITY, "it speaks without TLS, as the Android app does")
                            : Finding.warn(
                                    Area.IDENTITY,
                                    "it speaks without TLS: whoever sits between can read and alter the files",
                                    "set use_ssl, ssl_server_certfile and ssl_server_keyfile"));
            return Optional.empty();
        }
        Certificates.Own own = certificates.own(
                "ssl_server_certfile", files.serverCertificate().get(), files.serverKey());
        findings.add(own.finding());
        files.clientCertificate()
                .ifPresent(clients -> findings.add(certificates.trusted("ssl_client_certfile", clients)));
        return own.fingerprint();
    }

    private Finding port(Optional<Fingerprint> shown) {
        InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
        if (address.isUnresolved()) {
            return Finding.bad(
                    Area.NETWORK,
                    "host is " + settings.host() + ", which is unknown",
                    "set it to an address or a name of this machine, or to 0.0.0.0 for all of them");
        }
        return Ports.toListenOn(address, shown, settings.useSsl(), "sksync server -c " + file);
    }

    private void directories(List<Finding> findings) {
        if (settings.allowedRoots().isEmpty()) {
            findings.add(Finding.bad(
                    Area.CONFIGURATION, "no directory is offered", "list some in server_dir_whitelist of " + file));
        }
        AllowedRoots roots = AllowedRoots.of(settings.allowedRoots(), OutsidePolicy.DENY);
        Directories.Use use = new Directories.Use(
                ScanDepth.TREE,
                ExcludeFilter.of(settings.excludePatterns()),
                false,
                settings.modifyWindow(),
                settings.limits().reservedFreeBytes(),
                own);
        for (String root : settings.allowedRoots()) {
            try {
                directories.of(roots.resolve(root), use).forEach(finding -> findings.add(finding.of(root)));
            } catch (PathRefusedException e) {
                findings.add(Finding.bad(
                        Area.DIRECTORY,
                        String.valueOf(e.getMessage()),
                        "create it, or correct server_dir_whitelist of " + file));
            }
        }
    }
}
