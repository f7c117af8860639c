package org.sksync.config;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sksync.config.Settings.Section;
import org.sksync.config.SourceValue.FlagValue;
import org.sksync.config.SourceValue.ListValue;
import org.sksync.config.SourceValue.NullValue;
import org.sksync.config.SourceValue.ObjectValue;
import org.sksync.config.SourceValue.TextValue;

/**
 * The one writer of sksync.json: it keeps the users and the profiles. Every other key stays, known or not, with its
 * order and its digits. The file holds its complete old or its complete new content at every moment, only its owner may
 * read it afterwards, and two editors wait for each other. What JSON can't hold, such as comments, is in a copy of the
 * old file.
 */
public final class ConfigEditor {

    private final EditedFile file;

    /** Edits {@code file}, which need not exist. The clock, with its zone, names the copies of old files. */
    public ConfigEditor(Path file, Clock clock) {
        this.file = new EditedFile(file, clock);
    }

    /** Returns the file. */
    public Path file() {
        return file.path();
    }

    /**
     * Returns whether there is such a file.
     *
     * @throws ConfigException if it can't be read
     */
    public boolean isThere() throws ConfigException {
        return file.isThere();
    }

    /**
     * Returns the names of the users, in file order, also of those that have no verifier.
     *
     * @throws ConfigException if the file can't be read as a sksync.json; one that is not there has no users
     */
    public List<String> userNames() throws ConfigException {
        return List.copyOf(users(file.root()).keySet());
    }

    /**
     * Returns the user's verifier; empty when there is no such user, or one that can't log in.
     *
     * @throws ConfigException if the file can't be read as a sksync.json, or if the verifier is none
     */
    public Optional<StoredVerifier> verifier(String name) throws ConfigException {
        Settings users =
                new Settings(file.path().toString(), List.of(new Section("users.", member(file.root(), "users"))));
        Optional<ObjectValue> user = users.object(name);
        if (user.isEmpty()) {
            return Optional.empty();
        }
        return new Settings(file.path().toString(), List.of(new Section("users." + name + ".", user.get())))
                .verifier("authsrp");
    }

    /**
     * Adds a user.
     *
     * @throws ConfigException if there is a user of that name, if it is no name for a user, or if the file can't be
     *     read as a sksync.json; the file is left as it is
     * @throws IOException if the file or its copy can't be written; the file is left as it is
     */
    public ConfigEdit addUser(String name, StoredVerifier verifier) throws ConfigException, IOException {
        return edit(users -> {
            if (users.containsKey(checked(name))) {
                throw new ConfigException(file.path() + ": there is a user " + Quoted.quoted(name)
                        + " already; choose another name, or change the password with passwd");
            }
            users.put(name, withVerifier(name, null, verifier));
        });
    }

    /**
     * Changes the verifier of a user.
     *
     * @throws ConfigException if there is no user of that name, or if the file can't be read as a sksync.json; the file
     *     is left as it is
     * @throws IOException if the file or its copy can't be written; the file is left as it is
     */
    public ConfigEdit changeUser(String name, StoredVerifier verifier) throws ConfigException, IOException {
        return edit(users -> users.put(checked(name), withVerifier(name, existing(users, name), verifier)));
    }

    /**
     * Adds a user, or changes the verifier of the one of that name.
     *
     * @throws ConfigException if it is no name for a user, or if the file can't be read as a sksync.json; the file is
     *     left as it is
     * @throws IOException if the file or its copy can't be written; the file is left as it is
     */
    public ConfigEdit putUser(String name, StoredVerifier verifier) throws ConfigException, IOException {
        return edit(users -> users.put(checked(name), withVerifier(name, users.get(name), verifier)));
    }

    /**
     * Removes a user with all that the file says about it.
     *
     * @throws ConfigException if there is no user of that name, or if the file can't be read as a sksync.json; the file
     *     is left as it is
     * @throws IOException if the file or its copy can't be written; the file is left as it is
     */
    public ConfigEdit removeUser(String name) throws ConfigException, IOException {
        return edit(users -> users.remove(name, existing(users, name)));
    }

    /**
     * Returns the keys of the outermost object, in file order.
     *
     * @throws ConfigException if the file can't be read as a sksync.json; one that is not there has no keys
     */
    public List<String> topKeys() throws ConfigException {
        return List.copyOf(file.root().members().keySet());
    }

    /**
     * Returns whether a key of the outermost object is {@code true}.
     *
     * @throws ConfigException if the file can't be read as a sksync.json; in one that is not there, none is
     */
    public boolean isTrue(String topKey) throws ConfigException {
        return file.root().members().get(topKey) instanceof FlagValue flag && flag.value();
    }

    /**
     * Returns the names of the profiles, in file order; that of the older form, {@code client}, comes last.
     *
     * @throws ConfigException if the file can't be read as a sksync.json; one that is not there has no profiles
     */
    public List<String> profileNames() throws ConfigException {
        return profiles(file.root().members()).names();
    }

    /**
     * Makes sure that a profile could be added, as far as can be said before all its keys are known.
     *
     * @throws ConfigException if {@link #addProfile} would refuse its name, or because a daemon would offer
     *     {@code serverPath}, or if the file can't be read as a sksync.json
     */
    public void requireAddable(String name, String serverPath) throws ConfigException {
        addedTo(file.root(), name, new KeyChanges().text("server_path", serverPath));
    }

    /**
     * Makes sure that a profile could be added, of which all is known.
     *
     * @throws ConfigException if {@link #addProfile} would refuse it, or if the file can't be read as a sksync.json
     */
    public void requireAddable(String name, KeyChanges keys) throws ConfigException {
        requireUsable(name, SourceWriter.write(addedTo(file.root(), name, keys)));
    }

    private ObjectValue addedTo(ObjectValue root, String name, KeyChanges keys) throws ConfigException {
        Map<String, SourceValue> members = new LinkedHashMap<>(root.members());
        change(members, profiles -> profiles.add(name, keys));
        return new ObjectValue(1, members);
    }

    /**
     * Adds a profile. A daemon that goes by the same file offers no more afterwards than before: where profiles would add
     * to that, what it offers is written into the file, and the notes say so.
     *
     * @param keys its keys, in the order in which they are to stand
     * @throws ConfigException if there is a profile of that name, if it is no name for one, if the profile could not be
     *     used so, if a daemon that goes by the file would offer more with it, or if the file can't be read as a
     *     sksync.json; the file is left as it is
     * @throws IOException if the file or its copy can't be written; the file is left as it is
     */
    public ConfigEdit addProfile(String name, KeyChanges keys) throws ConfigException, IOException {
        return editProfiles(profiles -> profiles.add(name, keys), after -> requireUsable(name, after));
    }

    /**
     * Changes keys of a profile; the others stay. What a daemon offers grows as little as with {@link #addProfile}.
     *
     * @throws ConfigException if there is no such profile, if it could not be used so, if a daemon that goes by the file
     *     would offer more, or if the file can't be read as a sksync.json; the file is left as it is
     * @throws IOException if the file or its copy can't be written; the file is left as it is
     */
    public ConfigEdit changeProfile(String name, KeyChanges keys) throws ConfigException, IOException {
        return editProfiles(profiles -> profiles.change(name, keys), after -> requireUsable(name, after));
    }

    /**
     * Gives a profile another name; it keeps its place.
     *
     * @throws ConfigException if there is no such profile, or one of the new name, if that is no name for one, or if the
     *     file can't be read as a sksync.json; the file is left as it is
     * @throws IOException if the file or its copy can't be written; the file is left as it is
     */
    public ConfigEdit renameProfile(String name, String newName) throws ConfigException, IOException {
        return editProfiles(profiles -> profiles.rename(name, newName), after -> {});
    }

    /**
     * Removes a profile with all that the file says about it.
     *
     * @throws ConfigException if there is no such profile, or if the file can't be read as a sksync.json; the file is
     *     left as it is
     * @throws IOException if the file or its copy can't be written; the file is left as it is
     */
    public ConfigEdit removeProfile(String name) throws ConfigException, IOException {
        return editProfiles(profiles -> profiles.remove(name), after -> {});
    }

    /**
     * Writes the first configuration of a server.
     *
     * @param keys the keys of the outermost object, in the order in which they are to stand
     * @param users the users, in file order; written after the keys, where there are any
     * @throws ConfigException if the file is there already, if a name is none for a user, or if a server could not use
     *     the file; nothing is written
     * @throws IOException if the file can't be written; then it is not there
     */
    public ConfigEdit createServer(KeyChanges keys, Map<String, StoredVerifier> users)
            throws ConfigException, IOException {
        return file.create(
                members -> {
                    keys.applyTo(members);
                    Map<String, SourceValue> entries = new LinkedHashMap<>();
                    for (Map.Entry<String, StoredVerifier> user : users.entrySet()) {
                        entries.put(checked(user.getKey()), withVerifier(user.getKey(), null, user.getValue()));
                    }
                    if (!entries.isEmpty()) {
                        members.put("users", new ObjectValue(1, entries));
                    }
                },
                after -> ConfigReader.parse(asItWouldBe(), after).server());
    }

    /** The file's name in messages about content that is refused before it is written. */
    private Path asItWouldBe() {
        return file.path().resolveSibling(file.path().getFileName() + " (as it would be)");
    }

    private void requireUsable(String profile, byte[] content) throws ConfigException {
        ConfigReader.parse(asItWouldBe(), content).profile(profile);
    }

    /** A change of the profiles. */
    private interface ProfilesChange {
        void apply(ProfilesEdit profiles) throws ConfigException;
    }

    private ConfigEdit editProfiles(ProfilesChange change, EditedFile.Check check) throws ConfigException, IOException {
        List<String> notes = new ArrayList<>();
        ConfigEdit edit = file.edit(members -> change(members, change).ifPresent(notes::add), check);
        notes.addAll(edit.notes());
        return new ConfigEdit(edit.backup(), notes);
    }

    /** Changes profiles, but not what a daemon offers. Returns what the user should know of that. */
    private Optional<String> change(Map<String, SourceValue> members, ProfilesChange change) throws ConfigException {
        ServedDirectories before = ServedDirectories.of(members);
        change.apply(profiles(members));
        return before.keepIn(members, file.path());
    }

    private ProfilesEdit profiles(Map<String, SourceValue> members) throws ConfigException {
        return new ProfilesEdit(file.path(), members);
    }

    /** A change of the {@code users}, names to what the file says about them. */
    private interface Change {
        void apply(Map<String, SourceValue> users) throws ConfigException;
    }

    private ConfigEdit edit(Change change) throws ConfigException, IOException {
        return file.edit(
                members -> {
                    Map<String, SourceValue> users = new LinkedHashMap<>(users(new ObjectValue(1, members)));
                    change.apply(users);
                    members.put("users", new ObjectValue(1, users));
                },
                after -> {});
    }

    private Map<String, SourceValue> users(ObjectValue root) throws ConfigException {
        return member(root, "users").members();
    }

    private ObjectValue member(ObjectValue object, String key) throws ConfigException {
        return new Settings(file.path().toString(), List.of(new Section("", object)))
                .object(key)
                .orElseGet(() -> new ObjectValue(1, Map.of()));
    }

    private SourceValue existing(Map<String, SourceValue> users, String name) throws ConfigException {
        SourceValue user = users.get(name);
        if (user == null) {
            throw new ConfigException(file.path() + ": there is no user " + Quoted.quoted(name) + "; add it with add");
        }
        return user;
    }

    private ObjectValue withVerifier(String name, @Nullable SourceValue user, StoredVerifier verifier)
            throws ConfigException {
        Map<String, SourceValue> members = new LinkedHashMap<>();
        if (user instanceof ObjectValue object) {
            members.putAll(object.members());
        } else if (user != null && !(user instanceof NullValue)) {
            throw new ConfigException(file.path() + ", line " + user.line() + ": " + Quoted.escaped("users." + name)
                    + " is " + user + ", but must be an object, in braces");
        }
        members.put(
                "authsrp",
                new ListValue(
                        1, List.of(new TextValue(1, verifier.saltHex()), new TextValue(1, verifier.verifierHex()))));
        return new ObjectValue(1, members);
    }

    private static String checked(String name) throws ConfigException {
        return UserName.checked(name);
    }
}
