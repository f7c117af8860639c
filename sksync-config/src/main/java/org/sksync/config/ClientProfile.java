package org.sksync.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sksync.files.store.Durability;
import org.sksync.files.store.GuardedFiles;

/**
 * One client profile of sksync.json, with the file's top-level settings where it has none of its own, checked as a
 * whole.
 *
 * @param name the profile's name in the file
 * @param host where to connect; {@code localhost} where the file says {@code 0.0.0.0}
 * @param port 1..65535
 * @param serverPath the directory on the server, as written; not empty, without control characters
 * @param clientPath the directory here, as written: a relative one counts from the working directory
 * @param allowWideClientPath whether that may be the home directory, the whole disk, or one that holds .ssh
 * @param recursive whether directories beneath are synced too
 * @param syncType what travels in which direction
 * @param sksync1Compat whether to speak SK Sync 1; then neither {@code useSsl} nor a user name
 * @param useSsl whether to connect with TLS
 * @param tls the PEM files
 * @param requireTls whether a server that shows an unknown certificate is refused even the first time; then
 *     {@code useSsl}
 * @param username whom to log in as; empty: no login
 * @param password the password; empty with a user name: to be asked for
 * @param excludePatterns shell patterns of names that are neither listed nor sent
 * @param modifyWindow 1 s..1 h, whole seconds; by how much a file must be newer
 * @param ignoreTimeErrors whether a file time that can't be set is passed over
 * @param keepReplaced how long files are kept here that the server's replace
 * @param durability when received files are forced to the disk
 * @param bandwidth how fast bytes may travel; empty for as fast as they can
 * @param debug whether to log more
 * @param ownFiles the files of the configuration, which never travel
 */
public record ClientProfile(
        String name,
        String host,
        int port,
        String serverPath,
        Path clientPath,
        boolean allowWideClientPath,
        boolean recursive,
        ProfileSyncType syncType,
        boolean sksync1Compat,
        boolean useSsl,
        TlsFiles tls,
        boolean requireTls,
        Optional<String> username,
        Optional<Secret> password,
        List<String> excludePatterns,
        Duration modifyWindow,
        boolean ignoreTimeErrors,
        KeepSettings keepReplaced,
        Durability durability,
        Optional<BandwidthTimetable> bandwidth,
        boolean debug,
        GuardedFiles ownFiles) {

    /** Takes a copy of the patterns. */
    public ClientProfile {
        excludePatterns = List.copyOf(excludePatterns);
    }

    /** Returns the keys that a profile may have in the file, in alphabetical order. */
    public static List<String> keys() {
        return KnownKeys.PROFILE.names();
    }

    /** Returns the same with that password. */
    public ClientProfile withPassword(Secret other) {
        return with(Optional.of(other), bandwidth);
    }

    /** Returns the same with that limit. */
    public ClientProfile withBandwidth(BandwidthTimetable other) {
        return with(password, Optional.of(other));
    }

    private ClientProfile with(Optional<Secret> otherPassword, Optional<BandwidthTimetable> otherBandwidth) {
        return new ClientProfile(
                name,
                host,
                port,
                serverPath,
                clientPath,
                allowWideClientPath,
                recursive,
                syncType,
                sksync1Compat,
                useSsl,
                tls,
                requireTls,
                username,
                otherPassword,
                excludePatterns,
                modifyWindow,
                ignoreTimeErrors,
                keepReplaced,
                durability,
                otherBandwidth,
                debug,
                ownFiles);
    }
}
