package org.sksync.config;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sksync.config.SourceValue.FlagValue;
import org.sksync.config.SourceValue.ListValue;
import org.sksync.config.SourceValue.NullValue;
import org.sksync.config.SourceValue.ObjectValue;
import org.sksync.config.SourceValue.TextValue;

/**
 * The directories that a daemon offers because of the profiles in its file: where that has no server_dir_whitelist, each
 * profile's server_path is one. A profile is made for another machine's directories, and the daemon reads its file by
 * itself; so a change of profiles must not have it offer more. Files that name nobody who may log in are left alone: a
 * daemon lets nobody in by them. A value of a wrong type offers nothing. Immutable.
 */
final class ServedDirectories {

    private static final String WHITELIST = "server_dir_whitelist";
    /** What only stands in the file of a daemon. */
    private static final Set<String> OF_A_DAEMON = Set.of(
            "users",
            "require_auth",
            "rights",
            "ssl_server_keyfile",
            "ssdp_advertise",
            "mdns_advertise",
            WHITELIST,
            "server_dir_whitelist_policy");

    private final Set<String> byProfiles;

    private ServedDirectories(Set<String> byProfiles) {
        this.byProfiles = byProfiles;
    }

    /** Looks at the members of the outermost object. */
    static ServedDirectories of(Map<String, SourceValue> members) {
        return new ServedDirectories(isOfADaemon(members) && !hasOwnList(members) ? serverPaths(members) : Set.of());
    }

    /**
     * Sees to it that {@code members}, after a change, have a daemon offer nothing that it did not offer before.
     *
     * @return what the user should know, where that took another change
     * @throws ConfigException if it offered nothing, which can't be written down
     */
    Optional<String> keepIn(Map<String, SourceValue> members, Path file) throws ConfigException {
        Set<String> added = new LinkedHashSet<>(of(members).byProfiles);
        added.removeAll(byProfiles);
        if (added.isEmpty()) {
            return Optional.empty();
        }
        if (byProfiles.isEmpty()) {
            throw new ConfigException(file + ": it is a daemon's too and has no " + WHITELIST
                    + ", so this profile would have the daemon offer " + shown(added) + "; set " + WHITELIST
                    + " to what it is to offer, or keep the profile in another file with -c FILE");
        }
        new KeyChanges().texts(WHITELIST, List.copyOf(byProfiles)).applyTo(members);
        return Optional.of(file + " now has a " + WHITELIST + ", so that its daemon offers what it did, "
                + shown(byProfiles) + ", and not the profile's directory too");
    }

    private static boolean isOfADaemon(Map<String, SourceValue> members) {
        boolean forEverybody = members.get("sksync1_compat") instanceof FlagValue sksync1 && sksync1.value();
        return forEverybody
                || OF_A_DAEMON.stream()
                        .anyMatch(key -> !(members.getOrDefault(key, new NullValue(1)) instanceof NullValue));
    }

    private static boolean hasOwnList(Map<String, SourceValue> members) {
        return members.get(WHITELIST) instanceof ListValue list
                && !list.elements().isEmpty();
    }

    private static Set<String> serverPaths(Map<String, SourceValue> members) {
        Map<String, SourceValue> profiles = new LinkedHashMap<>();
        if (members.get("clients") instanceof ObjectValue clients) {
            profiles.putAll(clients.members());
        }
        if (members.get("client") instanceof ObjectValue older) {
            profiles.putIfAbsent("client", older);
        }
        Set<String> paths = new LinkedHashSet<>();
        for (SourceValue profile : profiles.values()) {
            if (profile instanceof ObjectValue object
                    && object.members().get("server_path") instanceof TextValue path
                    && !path.text().isEmpty()) {
                paths.add(path.text());
            }
        }
        return paths;
    }

    private static String shown(Set<String> paths) {
        return paths.stream().map(Quoted::quoted).collect(Collectors.joining(", "));
    }
}
