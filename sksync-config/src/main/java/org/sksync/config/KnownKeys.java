package org.sksync.config;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The keys that may stand at one level of sksync.json; some of pysksync's have no effect here. */
final class KnownKeys {

    /** What a profile may have of its own, and the file for all profiles. */
    private static final Set<String> SHARED = Set.of(
            "bwlimit",
            "debug",
            "filter_fnmatch_exclude",
            "fsync",
            "host",
            "ignore_time_errors",
            "keep_replaced_days",
            "keep_replaced_mb",
            "modify_window",
            "password",
            "port",
            "require_tls",
            "sksync1_compat",
            "ssl_client_certfile",
            "ssl_client_keyfile",
            "ssl_server_certfile",
            "ssl_server_keyfile",
            "use_ssl",
            "username");

    /** The keys of the outermost object. */
    static final KnownKeys TOP = new KnownKeys(
            SHARED,
            ServerLimits.KEYS,
            Set.of(
                    "client",
                    "clients",
                    "gtk_easydialogs",
                    "mdns_advertise",
                    "raise_errors",
                    "refuse_future_times",
                    "require_auth",
                    "rights",
                    "server_dir_whitelist",
                    "server_dir_whitelist_policy",
                    "ssdp_advertise",
                    "users"));

    /** The keys of a client profile. */
    static final KnownKeys PROFILE = new KnownKeys(
            SHARED, Set.of(), Set.of("allow_wide_client_path", "client_path", "recursive", "server_path", "sync_type"));

    /** The keys of a user. */
    static final KnownKeys USER = new KnownKeys(Set.of(), Set.of(), Set.of("authsrp", "certificates", "rights"));

    private final Set<String> names;

    private KnownKeys(Set<String> shared, Set<String> limits, Set<String> own) {
        names = new TreeSet<>(shared);
        names.addAll(limits);
        names.addAll(own);
    }

    boolean contains(String key) {
        return names.contains(key);
    }

    /** Returns the keys in alphabetical order. */
    List<String> names() {
        return List.copyOf(names);
    }

    /** Returns the key of this level that takes the fewest changes to get from {@code key}; of equals the first. */
    String nearestTo(String key) {
        return names.stream()
                .min(Comparator.comparingInt(name -> NearWords.changes(key, name)))
                .orElseThrow();
    }
}
