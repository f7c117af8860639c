package org.sksync.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sksync.config.SourceValue.NullValue;
import org.sksync.config.SourceValue.ObjectValue;

/**
 * The profiles among the members of a sksync.json's outermost object, which change with them. One profile may stand there
 * in the older form, as {@code client}; it is kept so until it is renamed.
 */
final class ProfilesEdit {

    private static final String PROFILES = "clients";
    private static final String OLDER_FORM = "client";
    private static final int MAX_NAME_CHARS = 100;

    private final Path file;
    private final Map<String, SourceValue> members;
    private final Map<String, SourceValue> profiles;

    /** Looks at {@code members}, which is changed when a profile is. */
    ProfilesEdit(Path file, Map<String, SourceValue> members) throws ConfigException {
        this.file = file;
        this.members = members;
        this.profiles =
                new LinkedHashMap<>(object(PROFILES, members.get(PROFILES)).members());
    }

    List<String> names() {
        List<String> names = new ArrayList<>(profiles.keySet());
        if (isOlderForm(OLDER_FORM)) {
            names.add(OLDER_FORM);
        }
        return names;
    }

    void add(String name, KeyChanges keys) throws ConfigException {
        requireNew(name);
        Map<String, SourceValue> profile = new LinkedHashMap<>();
        keys.applyTo(profile);
        profiles.put(name, new ObjectValue(1, profile));
        store();
    }

    void change(String name, KeyChanges keys) throws ConfigException {
        Map<String, SourceValue> profile = new LinkedHashMap<>(existing(name).members());
        keys.applyTo(profile);
        if (isOlderForm(name)) {
            members.put(OLDER_FORM, new ObjectValue(1, profile));
        } else {
            profiles.put(name, new ObjectValue(1, profile));
            store();
        }
    }

    void rename(String name, String newName) throws ConfigException {
        ObjectValue profile = existing(name);
        requireNew(newName);
        if (isOlderForm(name)) {
            members.remove(OLDER_FORM);
            profiles.put(newName, profile);
        } else {
            Map<String, SourceValue> before = new LinkedHashMap<>(profiles);
            profiles.clear();
            before.forEach((each, value) -> profiles.put(each.equals(name) ? newName : each, value));
        }
        store();
    }

    void remove(String name) throws ConfigException {
        existing(name);
        if (isOlderForm(name)) {
            members.remove(OLDER_FORM);
        } else {
            profiles.remove(name);
            store();
        }
    }

    private void store() {
        members.put(PROFILES, new ObjectValue(1, profiles));
    }

    /** Returns whether the name leads to the older form; a profile of that name in the newer one hides it. */
    private boolean isOlderForm(String name) {
        SourceValue older = members.getOrDefault(OLDER_FORM, new NullValue(1));
        return name.equals(OLDER_FORM) && !profiles.containsKey(name) && !(older instanceof NullValue);
    }

    private ObjectValue existing(String name) throws ConfigException {
        if (isOlderForm(name)) {
            return object(OLDER_FORM, members.get(OLDER_FORM));
        }
        if (!profiles.containsKey(name)) {
            throw new ConfigException(file + ": there is no client profile " + Quoted.quoted(name)
                    + (names().isEmpty()
                            ? ", nor any other; add one with: sksync job add NAME"
                            : "; " + NearWords.choice(name, names())));
        }
        return object(PROFILES + "." + name, profiles.get(name));
    }

    private void requireNew(String name) throws ConfigException {
        boolean fits = !name.isBlank()
                && name.length() <= MAX_NAME_CHARS
                && name.chars().noneMatch(Character::isISOControl)
                && name.charAt(0) != '-'
                && name.charAt(0) != '@';
        if (!fits) {
            throw new ConfigException("the profile name " + Quoted.quoted(name) + " can't be used; it must have 1 to "
                    + MAX_NAME_CHARS + " characters, no control character, and begin with neither - nor @");
        }
        if (names().contains(name)) {
            throw new ConfigException(
                    file + ": there is a profile " + Quoted.quoted(name) + " already; choose another name");
        }
    }

    private ObjectValue object(String path, @Nullable SourceValue value) throws ConfigException {
        if (value == null || value instanceof NullValue) {
            return new ObjectValue(1, Map.of());
        }
        if (value instanceof ObjectValue object) {
            return object;
        }
        throw new ConfigException(file + ", line " + value.line() + ": " + Quoted.escaped(path) + " is " + value
                + ", but must be an object, in braces");
    }
}
