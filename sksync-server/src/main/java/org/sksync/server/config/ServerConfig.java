package org.sksync.server.config;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.path.AllowedRoots;
import org.sksync.files.store.Durability;
import org.sksync.files.store.GuardedFiles;
import org.sksync.files.store.KeepReplaced;
import org.sksync.files.store.TimeErrors;
import org.sksync.server.auth.VerifierLookup;

/**
 * What a daemon does, for whom, and how far it goes.
 *
 * @param address where to listen; port 0 picks a free one
 * @param tls the TLS side of every connection; empty for plain ones
 * @param loginPolicy whether clients must log in
 * @param verifiers the users
 * @param allowedRoots the directories that clients may sync
 * @param access who may do what in them
 * @param excludes the names that take no part, on either side
 * @param guarded the files that no client gets or replaces, whatever directory holds them
 * @param modifyWindow how much newer a file must be to replace another one
 * @param timeErrors what becomes of a file whose time can't be set
 * @param futureTimes what becomes of a client's file with a time more than a day ahead
 * @param keepReplaced whether files that clients replace are kept, and for how long
 * @param durability when received files are forced to the disk
 * @param limits how much one session may take
 * @param daemonLimits how much all sessions may take together
 */
public record ServerConfig(
        InetSocketAddress address,
        Optional<ServerTls> tls,
        LoginPolicy loginPolicy,
        VerifierLookup verifiers,
        AllowedRoots allowedRoots,
        AccessPolicy access,
        ExcludeFilter excludes,
        GuardedFiles guarded,
        Duration modifyWindow,
        TimeErrors timeErrors,
        FutureTimes futureTimes,
        KeepReplaced keepReplaced,
        Durability durability,
        SessionLimits limits,
        DaemonLimits daemonLimits) {}
