package org.sksync.cli.doctor;

import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.sksync.cli.doctor.Finding.Area;
import org.sksync.config.ClientProfile;
import org.sksync.config.ConfigException;
import org.sksync.config.ConfigReader;
import org.sksync.config.KnownServers;
import org.sksync.config.SkSyncConfig;
import org.sksync.files.path.PlatformNames;
import org.sksync.transport.tls.PasswordSource;

/**
 * The examination as a whole: this machine, the configuration, the daemon that it describes, its profiles. Changes
 * nothing, but for a file of its own in the staging directory of each synced directory, which it removes.
 */
public final class Doctor {

    private final Path file;
    private final Path home;
    private final Certificates certificates;
    private final Directories directories;
    private final Visit visit;
    private final Consumer<Finding> findings;

    /**
     * Creates one.
     *
     * @param file the configuration
     * @param home the user's home directory
     * @param passwords asked for the passwords of private keys; an empty one means that nobody is there to ask
     * @param visit tries a profile's login
     * @param findings told each finding as soon as it is there
     */
    public Doctor(
            Path file,
            Path home,
            Clock clock,
            SecureRandom random,
            PasswordSource passwords,
            Visit visit,
            Consumer<Finding> findings) {
        this.file = file;
        this.home = home;
        this.certificates = new Certificates(clock, passwords);
        this.directories = new Directories(PlatformNames.current(), random, clock);
        this.visit = visit;
        this.findings = findings;
    }

    /**
     * Examines.
     *
     * @param names the profiles to look at; none for all, and for the daemon
     */
    public void examine(List<String> names) throws InterruptedException {
        findings.accept(locale());
        Optional<SkSyncConfig> config = configuration();
        if (config.isEmpty()) {
            return;
        }
        if (names.isEmpty()) {
            daemon(config.get());
        }
        ProfileChecks checks = new ProfileChecks(KnownServers.beside(file), certificates, directories, home, visit);
        for (String name : names.isEmpty() ? config.get().profileNames() : names) {
            profile(config.get(), name, checks);
        }
    }

    private static Finding locale() {
        String beyondAscii = "\u00e9\u9152";
        boolean faithful;
        try {
            faithful = Path.of(beyondAscii).toString().equals(beyondAscii);
        } catch (InvalidPathException e) {
            faithful = false;
        }
        return faithful
                ? Finding.ok(Area.OTHER, "locale: files with any name can be synced")
                : Finding.bad(
                        Area.CONFIGURATION,
                        "locale: this one can't name files beyond ASCII",
                        "set LC_ALL=C.UTF-8 (or another UTF-8 locale)");
    }

    private Optional<SkSyncConfig> configuration() {
        try {
            SkSyncConfig config = ConfigReader.read(file);
            findings.accept(Finding.ok(
                    Area.CONFIGURATION, "configuration: " + file + " can be read, and keeps its secrets from others"));
            config.warnings()
                    .forEach(warning ->
                            findings.accept(Finding.warn(Area.CONFIGURATION, "configuration: " + warning, "")));
            return Optional.of(config);
        } catch (ConfigException e) {
            String advice = e.getCause() instanceof NoSuchFileException
                    ? "name another one with -c FILE, or make one with: sksync init DIR (where the files are kept for"
                            + " others), sksync pair (where they are synced from)"
                    : "";
            findings.accept(Finding.bad(Area.CONFIGURATION, "configuration: " + e.getMessage(), advice));
            return Optional.empty();
        }
    }

    private void daemon(SkSyncConfig config) {
        try {
            if (!config.describesServer()) {
                findings.accept(Finding.skipped(
                        Area.CONFIGURATION,
                        "daemon: this configuration is for clients: it has neither users nor server_dir_whitelist"));
                return;
            }
            new DaemonChecks(config.server(), config.ownFiles(), file, certificates, directories)
                    .run()
                    .forEach(findings);
        } catch (ConfigException e) {
            findings.accept(Finding.bad(Area.CONFIGURATION, "daemon: " + e.getMessage(), ""));
        }
    }

    private void profile(SkSyncConfig config, String name, ProfileChecks checks) throws InterruptedException {
        ClientProfile profile;
        try {
            profile = config.profile(name);
        } catch (ConfigException e) {
            findings.accept(Finding.bad(Area.CONFIGURATION, name + ": " + e.getMessage(), ""));
            return;
        }
        checks.run(profile).forEach(findings);
    }
}
