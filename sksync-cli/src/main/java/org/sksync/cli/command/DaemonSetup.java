package org.sksync.cli.command;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sksync.config.ServerSettings;
import org.sksync.config.StoredVerifier;
import org.sksync.config.WhitelistPolicy;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.path.AllowedRoots;
import org.sksync.files.path.OutsidePolicy;
import org.sksync.files.store.GuardedFiles;
import org.sksync.files.store.KeepReplaced;
import org.sksync.files.store.TimeErrors;
import org.sksync.protocol.srp.SrpException;
import org.sksync.protocol.srp.SrpVerifier;
import org.sksync.protocol.srp.UserName;
import org.sksync.server.auth.VerifierLookup;
import org.sksync.server.config.FutureTimes;
import org.sksync.server.config.LoginPolicy;
import org.sksync.server.config.ServerConfig;
import org.sksync.server.config.ServerTls;
import org.sksync.transport.tls.PasswordSource;

/** Makes of what a configuration says to a server what a daemon is told. */
final class DaemonSetup {

    private final Path file;
    private final ListenAddress address;
    private final Clock clock;

    /**
     * Creates the setup of one daemon.
     *
     * @param file the configuration, for messages
     * @param address where the daemon listens, whatever its configuration says later
     */
    DaemonSetup(Path file, ListenAddress address, Clock clock) {
        this.file = file;
        this.address = address;
        this.clock = clock;
    }

    /**
     * Makes the configuration of a start.
     *
     * @param own the files of the configuration
     */
    DaemonConfig first(ServerSettings settings, GuardedFiles own, PasswordSource passwords) throws CommandFailure {
        return config(settings, own, DaemonTls.read(settings, passwords, clock), List.of());
    }

    /** Makes the configuration of a daemon that runs, and has gone by another one until now. */
    DaemonConfig again(ServerSettings settings, GuardedFiles own, DaemonConfig before) throws CommandFailure {
        DaemonTls.Again tls = DaemonTls.readAgain(settings, before.tls(), clock);
        return config(settings, own, tls.tls(), tls.note().stream().toList());
    }

    private DaemonConfig config(ServerSettings settings, GuardedFiles own, Optional<DaemonTls> tls, List<String> notes)
            throws CommandFailure {
        ServerConfig server = serverConfig(settings, own, tls.map(DaemonTls::side));
        List<String> warnings = new ArrayList<>(notes);
        StartWarnings.ofOwnFiles(server.allowedRoots(), own).ifPresent(warnings::add);
        warnings.addAll(new StartWarnings(settings, file, clock)
                .of(server.allowedRoots(), server.access(), address, tls.map(DaemonTls::certificateEnds)));
        return new DaemonConfig(settings, tls, server, warnings);
    }

    private ServerConfig serverConfig(ServerSettings settings, GuardedFiles own, Optional<ServerTls> tls)
            throws CommandFailure {
        return new ServerConfig(
                address.asked(),
                tls,
                settings.requireAuth() ? LoginPolicy.REQUIRED : LoginPolicy.OPTIONAL,
                VerifierLookup.of(verifiers(settings.users())),
                AllowedRoots.of(
                        settings.allowedRoots(),
                        settings.whitelistPolicy() == WhitelistPolicy.SILENT
                                ? OutsidePolicy.SILENT
                                : OutsidePolicy.DENY),
                AccessSetup.of(settings),
                ExcludeFilter.of(settings.excludePatterns()),
                own,
                settings.modifyWindow(),
                settings.ignoreTimeErrors() ? TimeErrors.IGNORE : TimeErrors.FAIL,
                settings.refuseFutureTimes() ? FutureTimes.REFUSED : FutureTimes.ACCEPTED,
                new KeepReplaced(
                        settings.keepReplaced().age(), settings.keepReplaced().bytes()),
                settings.durability(),
                LimitsMapping.session(settings.limits()),
                LimitsMapping.daemon(settings.limits()));
    }

    static Map<UserName, SrpVerifier> verifiers(Map<String, StoredVerifier> users) throws CommandFailure {
        Map<UserName, SrpVerifier> result = new LinkedHashMap<>();
        for (Map.Entry<String, StoredVerifier> user : users.entrySet()) {
            try {
                StoredVerifier stored = user.getValue();
                result.put(UserName.of(user.getKey()), SrpVerifier.of(stored.salt(), stored.verifier()));
            } catch (SrpException e) {
                throw new CommandFailure(ExitCode.USAGE, "users." + user.getKey() + ": " + e.getMessage());
            }
        }
        return result;
    }
}
