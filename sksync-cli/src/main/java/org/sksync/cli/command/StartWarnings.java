package org.sksync.cli.command;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sksync.config.ServerSettings;
import org.sksync.files.path.AllowedRoots;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.PathRefusedException.Reason;
import org.sksync.files.store.GuardedFiles;
import org.sksync.server.config.AccessPolicy;

/** What a daemon's owner should know at its start though it can be started: each with what to do about it. */
final class StartWarnings {

    /** How long before its end a certificate is to be renewed. */
    private static final Duration RENEWAL = Duration.ofDays(30);

    private final ServerSettings settings;
    private final Path file;
    private final Clock clock;

    StartWarnings(ServerSettings settings, Path file, Clock clock) {
        this.settings = settings;
        this.file = file;
        this.clock = clock;
    }

    /**
     * Returns the warnings; looks at the disk.
     *
     * @param certificateEnds the moment after which clients refuse the daemon's certificate; empty without one
     */
    List<String> of(AllowedRoots roots, AccessPolicy access, ListenAddress address, Optional<Instant> certificateEnds) {
        List<String> warnings = new ArrayList<>();
        boolean nobody = settings.requireAuth() && settings.users().isEmpty();
        if (nobody) {
            warnings.add("nobody can log in: require_auth is true and there are no users; add one with: sksync useredit"
                    + " add NAME -c " + file + " (or set require_auth to false to serve everybody)");
        }
        if (settings.allowedRoots().isEmpty()) {
            warnings.add("no directory is offered, so every client is turned away; list some in"
                    + " server_dir_whitelist of " + file);
        }
        settings.allowedRoots().forEach(root -> addUnusable(root, roots, warnings));
        Stream.concat(Stream.of(access.everyone()), access.users().values().stream())
                .flatMap(rights -> rights.missing().stream())
                .forEach(directory -> warnings.add("rights: the directory " + directory
                        + " does not exist; if its name is misspelled, the right one is not protected"));
        if (settings.requireAuth() && !nobody && !settings.useSsl() && !address.isLoopback()) {
            warnings.add("use_ssl is false: passwords stay secret, but whoever sits between can read and alter the"
                    + " files; set use_ssl, ssl_server_certfile and ssl_server_keyfile");
        }
        certificateEnds.flatMap(this::aboutTheEnd).ifPresent(warnings::add);
        return warnings;
    }

    /** Returns what is to be said where a directory that is offered holds the daemon's own files; looks at the disk. */
    static Optional<String> ofOwnFiles(AllowedRoots roots, GuardedFiles own) {
        Set<Path> held = new LinkedHashSet<>();
        roots.existing().forEach(root -> held.addAll(own.in(root)));
        if (held.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of("the directories that are offered hold files of this daemon's own configuration, "
                + held.stream().map(Path::toString).collect(Collectors.joining(", "))
                + "; no client gets or replaces them, but move them to a directory that is not offered");
    }

    private Optional<String> aboutTheEnd(Instant end) {
        Duration left = Duration.between(clock.instant(), end);
        if (left.compareTo(RENEWAL) >= 0) {
            return Optional.empty();
        }
        LocalDate day = LocalDate.ofInstant(end, ZoneOffset.UTC);
        if (left.isNegative()) {
            return Optional.of("the certificate ended on " + day
                    + ", so clients turn away from this daemon; renew the one in ssl_server_certfile");
        }
        long days = left.toDays();
        return Optional.of("the certificate ends on " + day + " (in " + days + (days == 1 ? " day" : " days")
                + "), and clients turn away from this daemon then; renew the one in ssl_server_certfile");
    }

    private static void addUnusable(String root, AllowedRoots roots, List<String> warnings) {
        try {
            roots.resolve(root);
        } catch (PathRefusedException e) {
            String meant = e.reason() == Reason.MISSING && !Path.of(root).isAbsolute()
                    ? " (that is " + Path.of(root).toAbsolutePath().normalize() + ")"
                    : "";
            warnings.add(e.getMessage() + meant + "; clients that ask for it are turned away");
        }
    }
}
