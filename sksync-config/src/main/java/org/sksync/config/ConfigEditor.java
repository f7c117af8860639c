package org.sksync.config;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sksync.config.Settings.Section;
import org.sksync.config.SourceValue.ListValue;
import org.sksync.config.SourceValue.NullValue;
import org.sksync.config.SourceValue.ObjectValue;
import org.sksync.config.SourceValue.TextValue;
import org.sksync.files.store.AtomicFile;

/**
 * The one writer of sksync.json: it keeps the users. Every other key stays, known or not, with its order and its
 * digits. The file holds its complete old or its complete new content at every moment, only its owner may read it
 * afterwards, and two editors wait for each other. What JSON can't hold, such as comments, is in a copy of the old
 * file.
 */
public final class ConfigEditor {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final DateTimeFormatter BACKUP_TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private final Path file;
    private final Clock clock;

    /** Edits {@code file}, which need not exist. The clock, with its zone, names the copies of old files. */
    public ConfigEditor(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** Returns the file. */
    public Path file() {
        return file;
    }

    /**
     * Returns the names of the users, in file order, also of those that have no verifier.
     *
     * @throws ConfigException if the file can't be read as a sksync.json; one that is not there has no users
     */
    public List<String> userNames() throws ConfigException {
        return List.copyOf(users(root(content())).keySet());
    }

    /**
     * Returns the user's verifier; empty when there is no such user, or one that can't log in.
     *
     * @throws ConfigException if the file can't be read as a sksync.json, or if the verifier is none
     */
    public Optional<StoredVerifier> verifier(String name) throws ConfigException {
        Settings users =
                new Settings(file.toString(), List.of(new Section("users.", member(root(content()), "users"))));
        Optional<ObjectValue> user = users.object(name);
        if (user.isEmpty()) {
            return Optional.empty();
        }
        return new Settings(file.toString(), List.of(new Section("users." + name + ".", user.get())))
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
                throw new ConfigException(file + ": there is a user " + Quoted.quoted(name)
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

    /** A change of the {@code users}, names to what the file says about them. */
    private interface Change {
        void apply(Map<String, SourceValue> users) throws ConfigException;
    }

    private ConfigEdit edit(Change change) throws ConfigException, IOException {
        try (SiblingLock lock = SiblingLock.acquire(file)) {
            Optional<byte[]> before = content();
            ObjectValue root = root(before);
            Map<String, SourceValue> users = new LinkedHashMap<>(users(root));
            change.apply(users);
            Map<String, SourceValue> members = new LinkedHashMap<>(root.members());
            members.put("users", new ObjectValue(1, users));
            return replace(lock.target(), before, SourceWriter.write(new ObjectValue(1, members)));
        }
    }

    private ConfigEdit replace(Path real, Optional<byte[]> before, byte[] after) throws IOException {
        List<String> notes = new ArrayList<>();
        Optional<Path> backup = Optional.empty();
        if (before.isPresent() && !SourceReader.isPlainJson(before.get())) {
            Path copy = backUp(real, before.get());
            backup = Optional.of(copy);
            notes.add("the comments, trailing commas or repeated keys of " + file
                    + " are not in the new file; the old one is kept as " + copy);
        }
        @Nullable PosixFileAttributeView view = Files.getFileAttributeView(real, PosixFileAttributeView.class);
        Optional<PosixFileAttributes> old =
                view != null && Files.exists(real) ? Optional.of(view.readAttributes()) : Optional.empty();
        AtomicFile.write(real, after);
        if (view != null && old.isPresent()) {
            restoreOwner(view, old.get(), notes);
            if (!OWNER_ONLY.containsAll(old.get().permissions())) {
                notes.add("only the owner of " + file + ", " + view.getOwner().getName()
                        + ", may read it from now on; run the daemon as that user");
            }
        }
        return new ConfigEdit(backup, notes);
    }

    /** Gives the new file to the old one's owner and group, which only a privileged user can where they differ. */
    private void restoreOwner(PosixFileAttributeView view, PosixFileAttributes old, List<String> notes)
            throws IOException {
        PosixFileAttributes now = view.readAttributes();
        try {
            if (!now.group().equals(old.group())) {
                view.setGroup(old.group());
            }
            if (!now.owner().equals(old.owner())) {
                view.setOwner(old.owner());
            }
        } catch (IOException e) {
            notes.add(file + " belonged to " + old.owner().getName() + ":"
                    + old.group().getName() + " and now belongs to "
                    + now.owner().getName() + ":" + now.group().getName());
        }
    }

    private Path backUp(Path real, byte[] content) throws IOException {
        String name = real.getFileName() + ".bak-" + BACKUP_TIME.format(LocalDateTime.now(clock));
        FileAttribute<?>[] mode =
                real.getFileSystem().supportedFileAttributeViews().contains("posix")
                        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
                        : new FileAttribute<?>[0];
        for (int copy = 1; ; copy++) {
            Path backup = real.resolveSibling(copy == 1 ? name : name + "-" + copy);
            try (FileChannel channel =
                    FileChannel.open(backup, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode)) {
                Channels.newOutputStream(channel).write(content);
                channel.force(true);
                return backup;
            } catch (FileAlreadyExistsException e) {
                // An earlier copy of the same second is as dear as this one.
            }
        }
    }

    private Optional<byte[]> content() throws ConfigException {
        return Files.notExists(file) ? Optional.empty() : Optional.of(BoundedFile.read(file));
    }

    private ObjectValue root(Optional<byte[]> content) throws ConfigException {
        return content.isPresent() ? SourceReader.parse(file, content.get()).root() : new ObjectValue(1, Map.of());
    }

    private Map<String, SourceValue> users(ObjectValue root) throws ConfigException {
        return member(root, "users").members();
    }

    private ObjectValue member(ObjectValue object, String key) throws ConfigException {
        return new Settings(file.toString(), List.of(new Section("", object)))
                .object(key)
                .orElseGet(() -> new ObjectValue(1, Map.of()));
    }

    private SourceValue existing(Map<String, SourceValue> users, String name) throws ConfigException {
        SourceValue user = users.get(name);
        if (user == null) {
            throw new ConfigException(file + ": there is no user " + Quoted.quoted(name) + "; add it with add");
        }
        return user;
    }

    private ObjectValue withVerifier(String name, @Nullable SourceValue user, StoredVerifier verifier)
            throws ConfigException {
        Map<String, SourceValue> members = new LinkedHashMap<>();
        if (user instanceof ObjectValue object) {
            members.putAll(object.members());
        } else if (user != null && !(user instanceof NullValue)) {
            throw new ConfigException(file + ", line " + user.line() + ": " + Quoted.escaped("users." + name) + " is "
                    + user + ", but must be an object, in braces");
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
