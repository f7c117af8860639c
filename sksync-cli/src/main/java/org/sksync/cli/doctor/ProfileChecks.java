package org.sksync.cli.doctor;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sksync.cli.doctor.Finding.Area;
import org.sksync.cli.doctor.Finding.Status;
import org.sksync.config.ClientProfile;
import org.sksync.config.ConfigException;
import org.sksync.config.KnownServers;
import org.sksync.config.ProfileSyncType;
import org.sksync.config.TlsFiles;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.path.ResolvedRoot;
import org.sksync.files.path.WideRoots;
import org.sksync.files.scan.ScanDepth;
import org.sksync.files.store.KeptRoots;

/** The checks of a profile: the directory here, the way to the server, and whether that lets us in. */
final class ProfileChecks {

    /** Less than this is too little for anything. */
    private static final long LITTLE_BYTES = 64L * 1024 * 1024;

    private final KnownServers known;
    private final Certificates certificates;
    private final Directories directories;
    private final Path home;
    private final Visit visit;

    ProfileChecks(KnownServers known, Certificates certificates, Directories directories, Path home, Visit visit) {
        this.known = known;
        this.certificates = certificates;
        this.directories = directories;
        this.home = home;
        this.visit = visit;
    }

    List<Finding> run(ClientProfile profile) throws InterruptedException {
        List<Finding> findings = new ArrayList<>(directory(profile));
        boolean narrow = findings.stream().noneMatch(finding -> finding.status() == Status.BAD);
        List<Finding> identity = tls(profile);
        findings.addAll(identity);
        Finding way = Ports.toServer(profile.host(), profile.port());
        findings.add(way);
        boolean sound = narrow && identity.stream().noneMatch(finding -> finding.status() == Status.BAD);
        if (way.status() == Status.BAD) {
            findings.add(Finding.skipped(Area.IDENTITY, "the login: the server can't be reached"));
        } else if (!sound) {
            findings.add(Finding.skipped(Area.IDENTITY, "the login: mend what is BAD above first"));
        } else {
            findings.add(visit.to(profile));
        }
        findings.add(Finding.skipped(
                Area.OTHER, "the clock: the server does not tell its time; compare the clocks of both machines"));
        return findings.stream().map(finding -> finding.of(profile.name())).toList();
    }

    private List<Finding> directory(ClientProfile profile) {
        Path directory = profile.clientPath();
        if (!KeptRoots.isDirectory(directory)) {
            return List.of(Finding.bad(
                    Area.DIRECTORY,
                    "client_path " + directory + " is no directory, or does not exist",
                    "create it, or correct client_path"));
        }
        Path real = KeptRoots.real(directory.toAbsolutePath());
        List<Finding> findings = new ArrayList<>();
        wide(profile, real).ifPresent(findings::add);
        boolean receives = profile.syncType() != ProfileSyncType.TO_SERVER_USE_TIME
                && profile.syncType() != ProfileSyncType.TO_SERVER_NO_TIME;
        Directories.Use use = new Directories.Use(
                profile.recursive() ? ScanDepth.TREE : ScanDepth.TOP_LEVEL,
                ExcludeFilter.of(profile.excludePatterns()),
                receives,
                profile.modifyWindow(),
                LITTLE_BYTES,
                profile.ownFiles());
        directories.of(ResolvedRoot.of(real), use).stream()
                .map(finding -> finding.of("client_path " + directory))
                .forEach(findings::add);
        return findings;
    }

    private Optional<Finding> wide(ClientProfile profile, Path real) {
        try {
            return WideRoots.whyTooWide(real, home)
                    .map(why -> profile.allowWideClientPath()
                            ? Finding.warn(
                                    Area.DIRECTORY,
                                    "client_path " + real + " " + why + ", and allow_wide_client_path lets it",
                                    "choose a directory of its own unless that is meant")
                            : Finding.bad(
                                    Area.DIRECTORY,
                                    "client_path " + real + " " + why
                                            + ", and the server could read and replace all of that",
                                    "choose a directory of its own, or set allow_wide_client_path to true"));
        } catch (IOException e) {
            // What can't be looked at can't be read either, which is told next.
            return Optional.empty();
        }
    }

    private List<Finding> tls(ClientProfile profile) {
        if (!profile.useSsl()) {
            return List.of(
                    profile.sksync1Compat()
                            ? Finding.ok(Area.IDENTITY, "it speaks without TLS, as SK Sync 1 does")
                            : Finding.warn(
                                    Area.IDENTITY,
                                    "it speaks without TLS: whoever sits between can read and alter the files",
                                    "set use_ssl on both sides"));
        }
        List<Finding> findings = new ArrayList<>();
        TlsFiles files = profile.tls();
        findings.add(
                files.serverCertificate().isPresent()
                        ? certificates.trusted(
                                "ssl_server_certfile", files.serverCertificate().get())
                        : met(profile));
        files.clientCertificate()
                .ifPresent(own -> findings.add(certificates
                        .own("ssl_client_certfile", own, files.clientKey())
                        .finding()));
        return findings;
    }

    private Finding met(ClientProfile profile) {
        try {
            Optional<String> hex = known.fingerprint(profile.host(), profile.port());
            return hex.isPresent()
                    ? Finding.ok(
                            Area.IDENTITY,
                            "the server's certificate is known (SHA256:" + hex.get() + " in " + known.file() + ")")
                    : Finding.warn(
                            Area.IDENTITY,
                            "this server was never met, so the first sync will trust the certificate that it shows",
                            "compare the fingerprint then with what make-certs.sh printed there, or name the"
                                    + " certificate with ssl_server_certfile");
        } catch (ConfigException e) {
            return Finding.bad(Area.CONFIGURATION, String.valueOf(e.getMessage()), "");
        }
    }
}
