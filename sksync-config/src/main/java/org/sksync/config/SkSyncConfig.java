package org.sksync.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.sksync.config.Settings.Section;
import org.sksync.config.SourceValue.ObjectValue;
import org.sksync.files.store.Durability;
import org.sksync.files.store.GuardedFiles;

/**
 * A sksync.json that was read. What concerns a server is checked when {@link #server} is asked, what concerns a profile
 * when that {@link #profile} is asked: a file that is used for one is not refused because of the other. Immutable.
 */
public final class SkSyncConfig {

    private static final String DEFAULT_HOST = "0.0.0.0";
    private static final int DEFAULT_PORT = 23456;
    private static final int MAX_PORT = 65535;
    private static final int SERVER_KEEPS_DAYS = 30;
    private static final int DEFAULT_MODIFY_WINDOW_SECONDS = 1;
    private static final int MAX_MODIFY_WINDOW_SECONDS = 3600;

    private final Path path;
    private final String file;
    private final Section top;
    private final Map<String, Section> profiles;
    private final List<String> warnings;

    SkSyncConfig(Path path, Section top, Map<String, Section> profiles, List<String> warnings) {
        this.path = path;
        this.file = path.toString();
        this.top = top;
        this.profiles = Collections.unmodifiableMap(new LinkedHashMap<>(profiles));
        this.warnings = List.copyOf(warnings);
    }

    /** Returns the configuration of a place without a file: every key has its default. */
    public static SkSyncConfig defaults() {
        return new SkSyncConfig(
                Path.of("sksync.json"), new Section("", new ObjectValue(1, Map.of())), Map.of(), List.of());
    }

    /** Returns what the user should know about the file though it can be used: one sentence each. */
    public List<String> warnings() {
        return warnings;
    }

    /** Returns the names of the profiles, in file order. */
    public List<String> profileNames() {
        return List.copyOf(profiles.keySet());
    }

    /** Returns whether a daemon is to run by the file: whether it has users, directories to offer, or no profile. */
    public boolean describesServer() {
        Set<String> keys = top.object().members().keySet();
        return profiles.isEmpty() || keys.contains("users") || keys.contains("server_dir_whitelist");
    }

    /**
     * Returns whether the file asks for more to be logged.
     *
     * @throws ConfigException if {@code debug} is neither true nor false
     */
    public boolean debug() throws ConfigException {
        return new Settings(file, List.of(top)).flag("debug", false);
    }

    /** Returns the files that the configuration consists of, and that no daemon or client that goes by it may sync. */
    public GuardedFiles ownFiles() {
        return ownFiles(Overrides.NONE);
    }

    private GuardedFiles ownFiles(Overrides overrides) {
        List<Section> sections = new ArrayList<>(profiles.values());
        sections.add(top);
        sections.add(overrides.section());
        return OwnFiles.of(path, sections);
    }

    /**
     * Returns what the file says to a server.
     *
     * @throws ConfigException if a value that a server uses is wrong, or if the values contradict each other
     */
    public ServerSettings server() throws ConfigException {
        Settings settings = new Settings(file, List.of(top));
        boolean sksync1Compat = settings.flag("sksync1_compat", false);
        boolean requireAuth = settings.flag("require_auth", !sksync1Compat);
        boolean useSsl = settings.flag("use_ssl", false);
        TlsFiles tls = tlsFiles(settings);
        if (sksync1Compat && requireAuth) {
            throw contradiction(settings, "require_auth", "the Android app can't log in");
        }
        if (sksync1Compat && useSsl) {
            throw contradiction(settings, "use_ssl", "the Android app can't speak TLS");
        }
        if (useSsl && tls.serverCertificate().isEmpty()) {
            throw new ConfigException(settings.at("use_ssl")
                    + " is true, but there is no certificate to show; name it with \"ssl_server_certfile\" and its key"
                    + " with \"ssl_server_keyfile\"");
        }
        boolean requireTls = requireTls(settings, useSsl);
        Map<String, UserAccess> access = access(settings);
        requireCertificatesUsable(settings, useSsl, tls, access);
        requireRightsUsable(settings, requireAuth, access);
        return new ServerSettings(
                settings.line("host").orElse(DEFAULT_HOST),
                settings.number("port", DEFAULT_PORT, 0, MAX_PORT),
                sksync1Compat,
                requireAuth,
                allowedRoots(settings),
                whitelistPolicy(settings),
                settings.flag("ignore_time_errors", false),
                useSsl,
                tls,
                requireTls,
                settings.rights("rights").orElse(Map.of()),
                users(settings),
                access,
                settings.texts("filter_fnmatch_exclude"),
                modifyWindow(settings),
                settings.flag("refuse_future_times", false),
                KeepSettings.of(settings, SERVER_KEEPS_DAYS),
                durability(settings),
                settings.flag("ssdp_advertise", false),
                settings.flag("mdns_advertise", false),
                settings.flag("debug", false),
                ServerLimits.of(settings));
    }

    /**
     * Returns the profile of that name. A key that it does not have is taken from the top level of the file; one that
     * is {@code null} in it is not.
     *
     * @throws ConfigException if there is none, if a value that it uses is wrong, or if the values contradict each
     *     other
     */
    public ClientProfile profile(String name) throws ConfigException {
        return profile(name, Overrides.NONE);
    }

    /**
     * Returns the profile of that name, some of whose keys have other values for now.
     *
     * @throws ConfigException as {@link #profile(String)} does, for the other values too
     */
    public ClientProfile profile(String name, Overrides overrides) throws ConfigException {
        Section section = profiles.get(name);
        if (section == null) {
            throw new ConfigException(file + ": there is no client profile " + Quoted.quoted(name) + "; "
                    + (profiles.isEmpty()
                            ? "there is none at all, so write one under \"clients\""
                            : NearWords.choice(name, profiles.keySet())));
        }
        Settings settings = new Settings(file, List.of(overrides.section(), section, top));
        Settings own = new Settings(file, List.of(overrides.section(), section));
        boolean sksync1Compat = settings.flag("sksync1_compat", false);
        boolean useSsl = settings.flag("use_ssl", false);
        boolean requireTls = requireTls(settings, useSsl);
        Optional<String> username = settings.line("username");
        if (username.isPresent() && !UserName.isValid(username.get())) {
            throw settings.wrong("username", "a name of 1 to 255 bytes in UTF-8");
        }
        if (sksync1Compat && useSsl) {
            throw contradiction(settings, "use_ssl", "SK Sync 1 can't speak TLS");
        }
        if (sksync1Compat && username.isPresent()) {
            throw contradiction(settings, "username", "SK Sync 1 has no login");
        }
        String host = settings.line("host").orElse(DEFAULT_HOST);
        return new ClientProfile(
                name,
                host.equals(DEFAULT_HOST) ? "localhost" : host,
                settings.number("port", DEFAULT_PORT, 1, MAX_PORT),
                required(own, "server_path", own.line("server_path"), "the directory on the server"),
                required(own, "client_path", own.path("client_path"), "the directory here"),
                own.flag("allow_wide_client_path", false),
                own.flag("recursive", false),
                syncType(own),
                sksync1Compat,
                useSsl,
                clientTlsFiles(settings),
                requireTls,
                username,
                password(settings, username),
                settings.texts("filter_fnmatch_exclude"),
                modifyWindow(settings),
                settings.flag("ignore_time_errors", false),
                KeepSettings.of(own, 0),
                durability(settings),
                bandwidth(settings),
                settings.flag("debug", false),
                ownFiles(overrides));
    }

    @Override
    public String toString() {
        return "SkSyncConfig[" + file + "]";
    }

    private List<String> allowedRoots(Settings settings) throws ConfigException {
        List<String> whitelist = settings.texts("server_dir_whitelist");
        if (!whitelist.isEmpty()) {
            return whitelist;
        }
        Set<String> serverPaths = new LinkedHashSet<>();
        for (Section profile : profiles.values()) {
            new Settings(file, List.of(profile)).line("server_path").ifPresent(serverPaths::add);
        }
        return List.copyOf(serverPaths);
    }

    private static WhitelistPolicy whitelistPolicy(Settings settings) throws ConfigException {
        Optional<String> token = settings.line("server_dir_whitelist_policy");
        if (token.isEmpty()) {
            return WhitelistPolicy.DENY;
        }
        return Arrays.stream(WhitelistPolicy.values())
                .filter(policy -> policy.token().equals(token.get()))
                .findFirst()
                .orElseThrow(() -> settings.wrong("server_dir_whitelist_policy", "\"deny\" or \"silent\""));
    }

    private static boolean requireTls(Settings settings, boolean useSsl) throws ConfigException {
        boolean requireTls = settings.flag("require_tls", false);
        if (requireTls && !useSsl) {
            throw new ConfigException(settings.at("require_tls")
                    + " is true, but use_ssl is false; set use_ssl and name the certificate");
        }
        return requireTls;
    }

    private void requireCertificatesUsable(
            Settings settings, boolean useSsl, TlsFiles tls, Map<String, UserAccess> access) throws ConfigException {
        for (Map.Entry<String, UserAccess> user : access.entrySet()) {
            if (!user.getValue().certificates().isEmpty()
                    && (!useSsl || tls.clientCertificate().isEmpty())) {
                throw new ConfigException(settings.at("users") + ": " + Quoted.escaped(user.getKey())
                        + " has \"certificates\", but clients are not asked for one; set use_ssl and name the clients'"
                        + " authority with \"ssl_client_certfile\"");
            }
        }
    }

    private void requireRightsUsable(Settings settings, boolean requireAuth, Map<String, UserAccess> access)
            throws ConfigException {
        boolean known = requireAuth
                || access.values().stream()
                        .anyMatch(user -> !user.certificates().isEmpty());
        for (Map.Entry<String, UserAccess> user : access.entrySet()) {
            if (!known && user.getValue().rights().isPresent()) {
                throw new ConfigException(settings.at("users") + ": " + Quoted.escaped(user.getKey())
                        + " has \"rights\", but who does not log in has more; set require_auth to true, or limit"
                        + " everyone with \"rights\" at the top level");
            }
        }
    }

    private Map<String, StoredVerifier> users(Settings settings) throws ConfigException {
        Map<String, StoredVerifier> users = new LinkedHashMap<>();
        for (Map.Entry<String, Settings> user : ofUsers(settings).entrySet()) {
            user.getValue().verifier("authsrp").ifPresent(verifier -> users.put(user.getKey(), verifier));
        }
        return users;
    }

    private Map<String, UserAccess> access(Settings settings) throws ConfigException {
        Map<String, UserAccess> access = new LinkedHashMap<>();
        for (Map.Entry<String, Settings> user : ofUsers(settings).entrySet()) {
            Settings own = user.getValue();
            access.put(user.getKey(), new UserAccess(own.rights("rights"), own.texts("certificates")));
        }
        return access;
    }

    /** Returns the settings of each user whose name can be one. */
    private Map<String, Settings> ofUsers(Settings settings) throws ConfigException {
        Map<String, Settings> users = new LinkedHashMap<>();
        Optional<ObjectValue> object = settings.object("users");
        if (object.isEmpty()) {
            return users;
        }
        Settings names = new Settings(file, List.of(new Section("users.", object.get())));
        for (String name : object.get().members().keySet()) {
            Optional<ObjectValue> user = names.object(name);
            if (user.isPresent() && UserName.isValid(name)) {
                users.put(name, new Settings(file, List.of(new Section("users." + name + ".", user.get()))));
            }
        }
        return users;
    }

    private static TlsFiles tlsFiles(Settings settings) throws ConfigException {
        return new TlsFiles(
                settings.path("ssl_server_certfile"),
                settings.path("ssl_server_keyfile"),
                settings.path("ssl_client_certfile"),
                settings.path("ssl_client_keyfile"));
    }

    /** As {@link #tlsFiles}; a key without a certificate is, as to pysksync, a file that holds both. */
    private static TlsFiles clientTlsFiles(Settings settings) throws ConfigException {
        TlsFiles tls = tlsFiles(settings);
        return tls.clientCertificate().isPresent()
                ? tls
                : new TlsFiles(tls.serverCertificate(), tls.serverKey(), tls.clientKey(), tls.clientKey());
    }

    private static ProfileSyncType syncType(Settings own) throws ConfigException {
        Optional<String> text = own.text("sync_type");
        if (text.isEmpty()) {
            return ProfileSyncType.FROM_SERVER_USE_TIME;
        }
        return ProfileSyncType.fromText(text.get())
                .orElseThrow(() -> own.wrong(
                        "sync_type",
                        Arrays.stream(ProfileSyncType.values())
                                .map(ProfileSyncType::token)
                                .collect(Collectors.joining(", ", "one of ", "")),
                        ", in quotes"));
    }

    private static Optional<Secret> password(Settings settings, Optional<String> username) throws ConfigException {
        Optional<Secret> password = settings.text("password").map(Secret::new);
        if (username.isPresent()) {
            return password;
        }
        if (password.isPresent() && !settings.mentions("username")) {
            throw new ConfigException(settings.at("password")
                    + " is of no use without a user name; set \"username\" too, or remove the password");
        }
        return Optional.empty();
    }

    private static Duration modifyWindow(Settings settings) throws ConfigException {
        return Duration.ofSeconds(
                settings.number("modify_window", DEFAULT_MODIFY_WINDOW_SECONDS, 1, MAX_MODIFY_WINDOW_SECONDS));
    }

    private static Durability durability(Settings settings) throws ConfigException {
        Optional<String> token = settings.line("fsync");
        if (token.isEmpty()) {
            return Durability.BATCH;
        }
        return Arrays.stream(Durability.values())
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(token.get()))
                .findFirst()
                .orElseThrow(() -> settings.wrong("fsync", "\"off\", \"batch\" or \"each\""));
    }

    private static Optional<BandwidthTimetable> bandwidth(Settings settings) throws ConfigException {
        Optional<String> text = settings.line("bwlimit");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(BandwidthTimetable.parse(text.get()));
        } catch (ConfigException e) {
            throw new ConfigException(settings.at("bwlimit") + ": " + e.getMessage(), e);
        }
    }

    private static <T> T required(Settings own, String key, Optional<T> value, String what) throws ConfigException {
        return value.orElseThrow(() -> new ConfigException(own.at(key) + " is missing; name " + what + " with it"));
    }

    private static ConfigException contradiction(Settings settings, String key, String reason) {
        return new ConfigException(settings.at(key) + " can't be used together with \"sksync1_compat\", because "
                + reason + "; set it to " + (key.equals("username") ? "null" : "false") + " or leave SK Sync 1");
    }
}
