package org.sksync.cli.command;

import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.sksync.client.config.Credentials;
import org.sksync.client.config.SyncProfile;
import org.sksync.config.BandwidthTimetable;
import org.sksync.config.ClientProfile;
import org.sksync.config.KnownServers;
import org.sksync.config.ProfileSyncType;
import org.sksync.config.Secret;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.path.WideRoots;
import org.sksync.files.store.KeepReplaced;
import org.sksync.files.store.TimeErrors;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.Recursion;
import org.sksync.protocol.message.SyncType;
import org.sksync.protocol.srp.SrpException;
import org.sksync.protocol.srp.UserName;
import org.sksync.transport.limit.Rates;
import org.sksync.transport.limit.TrafficLimit;

/** Makes of a profile of the configuration what a client is told. */
final class ProfileTerms {

    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "::1");

    private ProfileTerms() {}

    /** Fails if the profile names a directory that its level can't carry; {@code file} is named in the message. */
    static void requireSendable(ClientProfile profile, Path file) throws CommandFailure {
        ProtocolLevel level = level(profile);
        if (!level.canCarry(profile.serverPath())) {
            String instead = profile.sksync1Compat() ? "; rename the directory, or set sksync1_compat to false" : "";
            throw new CommandFailure(
                    ExitCode.USAGE,
                    file + ": clients." + profile.name() + ".server_path is \"" + profile.serverPath()
                            + "\" (expected: characters of " + level.nameCharset() + " alone, which \""
                            + level.greeting() + "\" writes names in)" + instead);
        }
    }

    /**
     * Returns what a client is told; asks for a password that is not in the profile.
     *
     * @param known the fingerprints of servers that were met before
     */
    static SyncProfile of(ClientProfile profile, KnownServers known, Terminal terminal) throws CommandFailure {
        requireNarrow(profile);
        Optional<SslContext> tls = new TlsSetup(terminal).forClient(profile, known);
        if (tls.isEmpty() && profile.username().isPresent() && !LOCAL.contains(profile.host())) {
            terminal.warn(profile.name() + ": use_ssl is false: the password stays secret, but whoever sits between can"
                    + " read and alter the files");
        }
        Optional<BandwidthTimetable> bandwidth = profile.bandwidth();
        return new SyncProfile(
                profile.host(),
                profile.port(),
                tls,
                credentials(profile, terminal),
                level(profile),
                syncType(profile.syncType()),
                profile.recursive() ? Recursion.RECURSIVE : Recursion.TOP_LEVEL,
                profile.serverPath(),
                profile.clientPath(),
                ExcludeFilter.of(profile.excludePatterns()),
                profile.modifyWindow(),
                profile.ignoreTimeErrors() ? TimeErrors.IGNORE : TimeErrors.FAIL,
                new KeepReplaced(
                        profile.keepReplaced().age(), profile.keepReplaced().bytes()),
                profile.durability(),
                bandwidth.isPresent() ? Optional.of(limit(bandwidth.get())) : Optional.empty(),
                profile.ownFiles());
    }

    /** Returns what the time of the day allows here, where the user is. */
    private static TrafficLimit limit(BandwidthTimetable timetable) {
        return new TrafficLimit(() -> {
            BandwidthTimetable.Limit now = timetable.at(LocalDateTime.now(ZoneId.systemDefault()));
            return new Rates(now.sent(), now.received());
        });
    }

    /** Fails if the profile's folder is too much to hand to a server, unless the profile allows it. */
    static void requireNarrow(ClientProfile profile) throws CommandFailure {
        if (profile.allowWideClientPath()) {
            return;
        }
        try {
            Optional<String> why = WideRoots.whyTooWide(profile.clientPath(), Path.of(System.getProperty("user.home")));
            if (why.isPresent()) {
                throw new CommandFailure(
                        ExitCode.PATH,
                        "client_path " + profile.clientPath() + " " + why.get()
                                + ", and the server could read and replace all of that; choose a directory of its own, or"
                                + " set allow_wide_client_path to true in the profile");
            }
        } catch (IOException e) {
            // The sync will say so: it opens the same directory.
            return;
        }
    }

    private static ProtocolLevel level(ClientProfile profile) {
        return profile.sksync1Compat() ? ProtocolLevel.SKSYNC_1 : ProtocolLevel.PYSKSYNC_2;
    }

    static SyncType syncType(ProfileSyncType asked) {
        return switch (asked) {
            case BIDIRECTIONAL_USE_TIME -> SyncType.BIDIRECTIONAL_USE_TIME;
            case TO_SERVER_USE_TIME -> SyncType.TO_SERVER_USE_TIME;
            case FROM_SERVER_USE_TIME -> SyncType.FROM_SERVER_USE_TIME;
            case BIDIRECTIONAL_NO_TIME -> SyncType.BIDIRECTIONAL_NO_TIME;
            case TO_SERVER_NO_TIME -> SyncType.TO_SERVER_NO_TIME;
            case FROM_SERVER_NO_TIME -> SyncType.FROM_SERVER_NO_TIME;
        };
    }

    private static Optional<Credentials> credentials(ClientProfile profile, Terminal terminal) throws CommandFailure {
        if (profile.username().isEmpty()) {
            return Optional.empty();
        }
        String name = profile.username().get();
        Optional<char[]> password = profile.password().map(Secret::reveal).map(String::toCharArray);
        if (password.isEmpty()) {
            password = terminal.askSecret("Password of " + name + ": ");
        }
        if (password.isEmpty()) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    "the password of user " + name + " is missing; set password in the configuration, or run this at a"
                            + " terminal to be asked");
        }
        try {
            return Optional.of(new Credentials(UserName.of(name), password.get()));
        } catch (SrpException e) {
            throw new CommandFailure(ExitCode.USAGE, "username: " + e.getMessage());
        }
    }
}
