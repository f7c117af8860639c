package org.sksync.cli.command;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sksync.config.BandwidthTimetable;
import org.sksync.config.ClientProfile;
import org.sksync.config.KeepSettings;
import org.sksync.config.KeyChanges;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * A key of a profile as {@code sksync job} sets and shows it; all but the password, which is no word of a command line. A
 * new key of sksync.json needs a line here.
 */
enum ProfileKey {
    HOST("host", Kind.TEXT, "HOST", "The server's name or address."),
    PORT("port", Kind.NUMBER, "PORT", "The server's port."),
    SERVER_PATH("server_path", Kind.TEXT, "PATH", "The folder on the server, by its path there."),
    CLIENT_PATH("client_path", Kind.PATH, "DIR", "The folder here."),
    RECURSIVE("recursive", Kind.FLAG, "", "Sync what lies in folders beneath, too."),
    SYNC_TYPE(
            "sync_type",
            Kind.TEXT,
            "TYPE",
            "What travels which way: bidirectional, to_server or from_server, each with _use_time or _no_time."),
    USERNAME("username", Kind.TEXT, "NAME", "Whom to log in as."),
    USE_SSL("use_ssl", Kind.FLAG, "", "Connect with TLS."),
    REQUIRE_TLS("require_tls", Kind.FLAG, "", "Refuse a server whose certificate nothing is known of."),
    SSL_SERVER_CERTFILE("ssl_server_certfile", Kind.PATH, "FILE", "The server's certificate, or its authority's."),
    SSL_SERVER_KEYFILE("ssl_server_keyfile", Kind.PATH, "FILE", "Without effect on a client."),
    SSL_CLIENT_CERTFILE("ssl_client_certfile", Kind.PATH, "FILE", "The certificate to show to the server."),
    SSL_CLIENT_KEYFILE("ssl_client_keyfile", Kind.PATH, "FILE", "The key of that certificate."),
    SKSYNC1_COMPAT("sksync1_compat", Kind.FLAG, "", "Speak SK Sync 1."),
    EXCLUDE(
            "filter_fnmatch_exclude",
            Kind.TEXTS,
            "PATTERN",
            "Names that take no part, as a shell pattern; may be repeated.") {
        @Override
        String flag() {
            return "--exclude";
        }
    },
    MODIFY_WINDOW("modify_window", Kind.NUMBER, "SECONDS", "How much newer a file must be to replace another one."),
    KEEP_REPLACED_DAYS("keep_replaced_days", Kind.NUMBER, "DAYS", "How long files are kept that the server's replace."),
    KEEP_REPLACED_MB("keep_replaced_mb", Kind.NUMBER, "MB", "How much of them is kept."),
    FSYNC("fsync", Kind.TEXT, "WHEN", "When received files are forced to the disk: batch, each or off."),
    BWLIMIT("bwlimit", Kind.TEXT, BandwidthWords.LABEL, BandwidthWords.DESCRIPTION),
    IGNORE_TIME_ERRORS("ignore_time_errors", Kind.FLAG, "", "Keep files whose time can't be set."),
    ALLOW_WIDE_CLIENT_PATH(
            "allow_wide_client_path",
            Kind.FLAG,
            "",
            "Let the folder here be your home directory, or one that holds keys."),
    DEBUG("debug", Kind.FLAG, "", "Log more.") {
        @Override
        String flag() {
            // The plain word is the command's own.
            return "--log-debug";
        }
    };

    /** What a key holds. */
    enum Kind {
        TEXT,
        /** A path of this machine, kept absolute: who runs the job later may be elsewhere. */
        PATH,
        NUMBER,
        FLAG,
        TEXTS
    }

    private final String key;
    private final Kind kind;
    private final String label;
    private final String description;

    ProfileKey(String key, Kind kind, String label, String description) {
        this.key = key;
        this.kind = kind;
        this.label = label;
        this.description = description;
    }

    /** Returns the key in sksync.json. */
    String key() {
        return key;
    }

    /** Returns the option that sets it. */
    String flag() {
        return "--" + key.replace('_', '-');
    }

    /** Returns what the profile says, or what counts where it says nothing; empty where that is nothing. */
    Optional<Object> in(ClientProfile profile) {
        return switch (this) {
            case HOST -> Optional.of(profile.host());
            case PORT -> Optional.of(profile.port());
            case SERVER_PATH -> Optional.of(profile.serverPath());
            case CLIENT_PATH -> Optional.of(profile.clientPath());
            case RECURSIVE -> Optional.of(profile.recursive());
            case SYNC_TYPE -> Optional.of(profile.syncType().token());
            case USERNAME -> profile.username().map(Object.class::cast);
            case USE_SSL -> Optional.of(profile.useSsl());
            case REQUIRE_TLS -> Optional.of(profile.requireTls());
            case SSL_SERVER_CERTFILE -> profile.tls().serverCertificate().map(Object.class::cast);
            case SSL_SERVER_KEYFILE -> profile.tls().serverKey().map(Object.class::cast);
            case SSL_CLIENT_CERTFILE -> profile.tls().clientCertificate().map(Object.class::cast);
            case SSL_CLIENT_KEYFILE -> profile.tls().clientKey().map(Object.class::cast);
            case SKSYNC1_COMPAT -> Optional.of(profile.sksync1Compat());
            case EXCLUDE -> Optional.of(profile.excludePatterns());
            case MODIFY_WINDOW ->
                Optional.of(Math.toIntExact(profile.modifyWindow().toSeconds()));
            case KEEP_REPLACED_DAYS ->
                Optional.of(Math.toIntExact(profile.keepReplaced().age().toDays()));
            case KEEP_REPLACED_MB ->
                Optional.of(Math.toIntExact(profile.keepReplaced().bytes() / KeepSettings.MB));
            case FSYNC -> Optional.of(profile.durability().name().toLowerCase(Locale.ROOT));
            case BWLIMIT -> profile.bandwidth().map(BandwidthTimetable::text);
            case IGNORE_TIME_ERRORS -> Optional.of(profile.ignoreTimeErrors());
            case ALLOW_WIDE_CLIENT_PATH -> Optional.of(profile.allowWideClientPath());
            case DEBUG -> Optional.of(profile.debug());
        };
    }

    /** Puts the key's value as it is into an object. */
    void show(ClientProfile profile, JsonLine json) {
        Optional<Object> found = in(profile);
        if (found.isEmpty()) {
            return;
        }
        Object present = found.get();
        if (present instanceof Integer number) {
            json.put(key, number);
        } else if (present instanceof Boolean flag) {
            json.put(key, flag);
        } else if (present instanceof List<?> list) {
            json.put(key, list);
        } else {
            json.put(key, present.toString());
        }
    }

    /** Gives a command the options of all keys. */
    static void addOptions(CommandSpec command) {
        int order = 20;
        for (ProfileKey each : values()) {
            command.addOption(each.option(order++));
        }
    }

    private OptionSpec option(int order) {
        OptionSpec.Builder option = OptionSpec.builder(flag()).order(order).description(description);
        return switch (kind) {
            case TEXT, PATH -> option.type(String.class).paramLabel(label).build();
            case NUMBER -> option.type(Integer.class).paramLabel(label).build();
            case FLAG -> option.type(Boolean.class).arity("0").negatable(true).build();
            case TEXTS ->
                option.type(List.class)
                        .auxiliaryTypes(String.class)
                        .paramLabel(label)
                        .build();
        };
    }

    /** Returns whether the words of the command name the key. */
    boolean isIn(ParseResult words) {
        return words.hasMatchedOption(flag());
    }

    /** Adds what the words of the command say of the key to the changes. */
    void take(ParseResult words, KeyChanges changes) throws CommandFailure {
        if (!isIn(words)) {
            return;
        }
        switch (kind) {
            case TEXT, PATH -> set(words.matchedOptionValue(flag(), ""), changes);
            case NUMBER -> changes.number(key, words.matchedOptionValue(flag(), 0));
            case FLAG -> changes.flag(key, words.matchedOptionValue(flag(), false));
            case TEXTS -> changes.texts(key, words.matchedOptionValue(flag(), List.of()));
        }
    }

    /** Sets what is one value, by its text. */
    void set(String text, KeyChanges changes) throws CommandFailure {
        switch (kind) {
            case TEXT -> changes.text(key, text);
            case PATH -> changes.text(key, absolute(text).toString());
            case NUMBER -> changes.number(key, Integer.parseInt(text));
            case FLAG -> changes.flag(key, Boolean.parseBoolean(text));
            case TEXTS -> throw new IllegalArgumentException(key + ": not one value");
        }
    }

    private Path absolute(String text) throws CommandFailure {
        try {
            return Path.of(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            throw new CommandFailure(ExitCode.USAGE, flag() + ": \"" + text + "\" is no path on this system");
        }
    }
}
