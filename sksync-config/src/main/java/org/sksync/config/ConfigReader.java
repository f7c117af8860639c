package org.sksync.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sksync.config.Settings.Section;
import org.sksync.config.SourceReader.Source;
import org.sksync.config.SourceValue.NullValue;
import org.sksync.config.SourceValue.ObjectValue;
import org.sksync.files.store.DiskProblem;

/** The one reader of sksync.json. */
public final class ConfigReader {

    private static final Set<PosixFilePermission> OTHERS = Set.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private final Path file;
    private final List<String> warnings = new ArrayList<>();

    private ConfigReader(Path file) {
        this.file = file;
    }

    /**
     * Reads {@code file}: JSON in UTF-8, in which comments and trailing commas are allowed. A key that is {@code null}
     * counts as not set.
     *
     * @throws ConfigException if the file can't be read, if it is no JSON object, if its profiles are no objects, or
     *     if it holds a password or verifiers and others than its owner may read or change it
     */
    public static SkSyncConfig read(Path file) throws ConfigException {
        return new ConfigReader(file).config();
    }

    /**
     * Reads what {@code file} would hold; who may read the file is not looked at.
     *
     * @throws ConfigException if it is no JSON object, or if its profiles are no objects
     */
    static SkSyncConfig parse(Path file, byte[] content) throws ConfigException {
        ConfigReader reader = new ConfigReader(file);
        return reader.config(SourceReader.parse(file, content));
    }

    private SkSyncConfig config() throws ConfigException {
        Source source = SourceReader.parse(file, BoundedFile.read(file));
        SkSyncConfig config = config(source);
        requireOwnSecrets(source.root(), profiles(source.root()));
        return config;
    }

    private SkSyncConfig config(Source source) throws ConfigException {
        warnings.addAll(source.warnings());
        Section top = new Section("", source.root());
        warnUnknownKeys(KnownKeys.TOP, top);
        Map<String, Section> profiles = profiles(source.root());
        profiles.values().forEach(profile -> warnUnknownKeys(KnownKeys.PROFILE, profile));
        warnUsers(source.root());
        return new SkSyncConfig(file, top, profiles, warnings);
    }

    private Map<String, Section> profiles(ObjectValue root) throws ConfigException {
        Map<String, Section> profiles = new LinkedHashMap<>();
        Section clients = section("clients", root.members().get("clients"));
        for (Map.Entry<String, SourceValue> profile : clients.object().members().entrySet()) {
            profiles.put(profile.getKey(), section("clients." + profile.getKey(), profile.getValue()));
        }
        SourceValue older = root.members().get("client");
        if (older != null && !(older instanceof NullValue)) {
            Section client = section("client", older);
            if (profiles.putIfAbsent("client", client) != null) {
                warnings.add(at(older)
                        + "the key \"client\" has no effect beside \"clients.client\"; remove one of the two");
                warnUnknownKeys(KnownKeys.PROFILE, client);
            }
        }
        return profiles;
    }

    private Section section(String path, @Nullable SourceValue value) throws ConfigException {
        if (value == null || value instanceof NullValue) {
            return new Section(path + ".", new ObjectValue(1, Map.of()));
        }
        if (value instanceof ObjectValue object) {
            return new Section(path + ".", object);
        }
        throw new ConfigException(
                at(value) + Quoted.escaped(path) + " is " + value + ", but must be an object, in braces");
    }

    private void warnUnknownKeys(KnownKeys known, Section section) {
        section.object().members().forEach((key, value) -> {
            if (!known.contains(key)) {
                String belongs = KnownKeys.PROFILE.contains(key) && known == KnownKeys.TOP
                        ? "it belongs in a client profile"
                        : "the nearest known key is \"" + known.nearestTo(key) + '"';
                warnings.add(at(value) + "the key " + Quoted.quoted(section.prefix() + key)
                        + " is not known here and has no effect; " + belongs);
            }
        });
    }

    private void warnUsers(ObjectValue root) {
        if (!(root.members().get("users") instanceof ObjectValue users)) {
            return;
        }
        users.members().forEach((name, value) -> {
            if (!UserName.isValid(name)) {
                warnings.add(at(value) + "the user " + Quoted.quoted(name)
                        + " can't log in; a name has 1 to 255 bytes in UTF-8 and no control character and no"
                        + " U+FFFD");
            } else if (value instanceof ObjectValue user) {
                warnUnknownKeys(KnownKeys.USER, new Section("users." + name + ".", user));
                if (user.members().getOrDefault("authsrp", new NullValue(1)) instanceof NullValue
                        && !user.members().containsKey("certificates")) {
                    warnings.add(at(value) + "the user " + Quoted.quoted(name)
                            + " has no \"authsrp\" and can't log in; set a password with useredit");
                }
            }
        });
    }

    private void requireOwnSecrets(ObjectValue root, Map<String, Section> profiles) throws ConfigException {
        boolean users = root.members().get("users") instanceof ObjectValue object
                && !object.members().isEmpty();
        boolean password = root.members().containsKey("password")
                || profiles.values().stream()
                        .anyMatch(profile -> profile.object().members().containsKey("password"));
        if ((users || password) && isOpenToOthers()) {
            throw new ConfigException(file + ": the file holds " + (password ? "a password" : "users' verifiers")
                    + " and others may read or change it; run: chmod 600 " + Quoted.escaped(file.toString()));
        }
    }

    private boolean isOpenToOthers() throws ConfigException {
        if (!file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return false;
        }
        try {
            return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
        } catch (IOException e) {
            throw new ConfigException(
                    file + ": who may read the file can't be found out (" + DiskProblem.describe(e) + ")", e);
        }
    }

    private String at(SourceValue value) {
        return file + ", line " + value.line() + ": ";
    }
}
