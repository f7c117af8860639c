package org.sksync.cli.command;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.sksync.config.ServerSettings;
import org.sksync.server.config.ServerTls;
import org.sksync.transport.tls.Fingerprint;

/** What differs between two configurations of a daemon, in a few words for its log: keys and numbers, never values. */
final class ConfigChanges {

    /** What is compared as a whole, by its key. */
    private static final Map<String, Function<ServerSettings, Object>> WHOLE = whole();

    /** What is only looked at when a daemon starts, by its key. */
    private static final Map<String, Function<ServerSettings, Object>> AT_START = atStart();

    private ConfigChanges() {}

    private static Map<String, Function<ServerSettings, Object>> whole() {
        Map<String, Function<ServerSettings, Object>> keys = new LinkedHashMap<>();
        keys.put("server_dir_whitelist_policy", ServerSettings::whitelistPolicy);
        keys.put("rights", ServerSettings::rights);
        keys.put("require_auth", ServerSettings::requireAuth);
        keys.put("sksync1_compat", ServerSettings::sksync1Compat);
        keys.put("use_ssl", ServerSettings::useSsl);
        keys.put("require_tls", ServerSettings::requireTls);
        keys.put("TLS files", ServerSettings::tls);
        keys.put("filter_fnmatch_exclude", ServerSettings::excludePatterns);
        keys.put("modify_window", ServerSettings::modifyWindow);
        keys.put("ignore_time_errors", ServerSettings::ignoreTimeErrors);
        keys.put("refuse_future_times", ServerSettings::refuseFutureTimes);
        keys.put("keep_replaced", ServerSettings::keepReplaced);
        keys.put("fsync", ServerSettings::durability);
        keys.put("limits", ServerSettings::limits);
        return keys;
    }

    private static Map<String, Function<ServerSettings, Object>> atStart() {
        Map<String, Function<ServerSettings, Object>> keys = new LinkedHashMap<>();
        keys.put("host", ServerSettings::host);
        keys.put("port", ServerSettings::port);
        keys.put("debug", ServerSettings::debug);
        keys.put("ssdp_advertise", ServerSettings::ssdpAdvertise);
        keys.put("mdns_advertise", ServerSettings::mdnsAdvertise);
        return keys;
    }

    /** Returns what is different, what new sessions notice alone; empty if nothing is. */
    static List<String> between(DaemonConfig before, DaemonConfig now) {
        List<String> changes = new ArrayList<>();
        users(before.settings(), now.settings()).ifPresent(changes::add);
        roots(before.settings().allowedRoots(), now.settings().allowedRoots()).ifPresent(changes::add);
        changes.addAll(differing(WHOLE, before.settings(), now.settings()));
        certificate(before, now).ifPresent(changes::add);
        if (!authorities(before).equals(authorities(now))) {
            changes.add("whom clients' certificates are checked against");
        }
        return changes;
    }

    /** Returns the keys that have other values than at the start, and take a restart to have an effect. */
    static List<String> restartNeeded(ServerSettings atStart, ServerSettings now) {
        return differing(AT_START, atStart, now);
    }

    /** Returns the keys that are compared as a whole. */
    static List<String> compared() {
        return Stream.of(WHOLE, AT_START)
                .flatMap(keys -> keys.keySet().stream())
                .toList();
    }

    private static List<String> differing(
            Map<String, Function<ServerSettings, Object>> keys, ServerSettings before, ServerSettings now) {
        return keys.entrySet().stream()
                .filter(key -> !Objects.equals(
                        key.getValue().apply(before), key.getValue().apply(now)))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static Optional<String> users(ServerSettings before, ServerSettings now) {
        Set<String> had = before.access().keySet();
        Set<String> has = now.access().keySet();
        long changed = has.stream()
                .filter(had::contains)
                .filter(name ->
                        !Objects.equals(before.users().get(name), now.users().get(name))
                                || !Objects.equals(
                                        before.access().get(name), now.access().get(name)))
                .count();
        Optional<String> counted = counted("users", had, has);
        if (changed == 0) {
            return counted;
        }
        return Optional.of(counted.orElse("users +0 -0") + " changed " + changed);
    }

    private static Optional<String> roots(List<String> before, List<String> now) {
        Optional<String> counted = counted("server_dir_whitelist", before, now);
        return counted.isPresent() || before.equals(now)
                ? counted
                : Optional.of("server_dir_whitelist in another order");
    }

    private static Optional<String> counted(String key, Collection<String> before, Collection<String> now) {
        Set<String> added = new HashSet<>(now);
        added.removeAll(before);
        Set<String> removed = new HashSet<>(before);
        removed.removeAll(now);
        return added.isEmpty() && removed.isEmpty()
                ? Optional.empty()
                : Optional.of(key + " +" + added.size() + " -" + removed.size());
    }

    private static Optional<String> certificate(DaemonConfig before, DaemonConfig now) {
        return before.fingerprint().equals(now.fingerprint())
                ? Optional.empty()
                : now.tls()
                        .map(tls -> "a certificate that ends on "
                                + LocalDate.ofInstant(tls.certificateEnds(), ZoneOffset.UTC));
    }

    private static Set<Fingerprint> authorities(DaemonConfig config) {
        return config.tls()
                .map(DaemonTls::side)
                .map(ServerTls::clientAuthorities)
                .orElse(Set.of());
    }
}
