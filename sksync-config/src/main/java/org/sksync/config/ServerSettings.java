package org.sksync.config;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sksync.files.store.Durability;

/**
 * What sksync.json says to a server, checked as a whole.
 *
 * @param host the address to listen on
 * @param port 0..65535; 0 picks a free one
 * @param sksync1Compat whether the file is for the Android app; then neither {@code useSsl} nor {@code requireAuth}
 * @param requireAuth whether only logged-in clients are served
 * @param allowedRoots the directories that clients may sync, in the file's order, as written; without a
 *     {@code server_dir_whitelist} the {@code server_path}s of the file's own profiles; may be empty, then none is
 * @param whitelistPolicy what happens to a client that asks for another directory
 * @param ignoreTimeErrors whether a file time that can't be set is passed over
 * @param useSsl whether every connection is TLS; then {@code tls} has at least a server certificate
 * @param tls the PEM files
 * @param requireTls whether a login over a plain connection is out of the question; then {@code useSsl}
 * @param rights what clients may do in these directories, as written; both in all others
 * @param users the users that can log in, in the file's order
 * @param access what is said of users beside that, in the file's order
 * @param excludePatterns shell patterns of names that are neither listed nor sent
 * @param modifyWindow 1 s..1 h, whole seconds; by how much a file must be newer
 * @param refuseFutureTimes whether a client's file with a time more than a day ahead is left out
 * @param keepReplaced how long files are kept that clients replace
 * @param durability when received files are forced to the disk
 * @param ssdpAdvertise whether searches by SSDP are answered
 * @param mdnsAdvertise whether the network is told by mDNS
 * @param debug whether to log more
 * @param limits how much clients may take
 */
public record ServerSettings(
        String host,
        int port,
        boolean sksync1Compat,
        boolean requireAuth,
        List<String> allowedRoots,
        WhitelistPolicy whitelistPolicy,
        boolean ignoreTimeErrors,
        boolean useSsl,
        TlsFiles tls,
        boolean requireTls,
        Map<String, DirectoryRight> rights,
        Map<String, StoredVerifier> users,
        Map<String, UserAccess> access,
        List<String> excludePatterns,
        Duration modifyWindow,
        boolean refuseFutureTimes,
        KeepSettings keepReplaced,
        Durability durability,
        boolean ssdpAdvertise,
        boolean mdnsAdvertise,
        boolean debug,
        ServerLimits limits) {

    /** Takes copies of the collections; the maps keep their order. */
    public ServerSettings {
        allowedRoots = List.copyOf(allowedRoots);
        rights = Collections.unmodifiableMap(new LinkedHashMap<>(rights));
        access = Collections.unmodifiableMap(new LinkedHashMap<>(access));
        users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
        excludePatterns = List.copyOf(excludePatterns);
    }
}
