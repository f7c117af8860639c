package org.sksync.cli.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sksync.config.ServerSettings;
import org.sksync.files.path.AllowedRoots;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.PathRefusedException.Reason;

/** What a daemon's owner should know at its start though it can be started: each with what to do about it. */
final class StartWarnings {

    private final ServerSettings settings;
    private final Path file;

    StartWarnings(ServerSettings settings, Path file) {
        this.settings = settings;
        this.file = file;
    }

    /** Returns the warnings; looks at the disk. */
    List<String> of(AllowedRoots roots, ListenAddress address) {
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
        if (settings.requireAuth() && !nobody && !settings.useSsl() && !address.isLoopback()) {
            warnings.add("use_ssl is false: passwords stay secret, but whoever sits between can read and alter the"
                    + " files; set use_ssl, ssl_server_certfile and ssl_server_keyfile");
        }
        if (settings.ssdpAdvertise()) {
            warnings.add("ssdp_advertise has no effect here; enter this machine's address in the app");
        }
        return warnings;
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
