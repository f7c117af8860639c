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
import org.sksync.config.SourceValue.ObjectValue;
import org.sksync.files.store.AtomicFile;

/**
 * A sksync.json that is changed as a whole. What is not changed stays, known or not, with its order and its digits. The
 * file holds its complete old or its complete new content at every moment, only its owner may read it afterwards, and
 * two editors wait for each other. What JSON can't hold, such as comments, is in a copy of the old file.
 */
final class EditedFile {

    private static final Set<PosixFilePermission> OWNER_ONLY =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final DateTimeFormatter BACKUP_TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    private final Path file;
    private final Clock clock;

    EditedFile(Path file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** A change of the outermost object's members. */
    interface Change {
        void apply(Map<String, SourceValue> members) throws ConfigException;
    }

    /** A look at what the file would hold. */
    interface Check {
        void accept(byte[] content) throws ConfigException;
    }

    Path path() {
        return file;
    }

    /** Returns whether there is such a file. */
    boolean isThere() throws ConfigException {
        return content().isPresent();
    }

    /** Reads the outermost object; an empty one where there is no file. */
    ObjectValue root() throws ConfigException {
        return root(content());
    }

    /** Makes a change that the check has nothing against; else the file is left as it is. */
    ConfigEdit edit(Change change, Check check) throws ConfigException, IOException {
        try (SiblingLock lock = SiblingLock.acquire(file)) {
            Optional<byte[]> before = content();
            Map<String, SourceValue> members = new LinkedHashMap<>(root(before).members());
            change.apply(members);
            byte[] after = SourceWriter.write(new ObjectValue(1, members));
            check.accept(after);
            return replace(lock.target(), before, after);
        }
    }

    /** As {@link #edit}, of a file that is not there yet. */
    ConfigEdit create(Change change, Check check) throws ConfigException, IOException {
        return edit(
                members -> {
                    if (!Files.notExists(file)) {
                        throw new ConfigException(file + ": the file is there already and stays as it is; name another"
                                + " one, or move it away");
                    }
                    change.apply(members);
                },
                check);
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
        String name = backupBeginning(real).getFileName() + BACKUP_TIME.format(LocalDateTime.now(clock));
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

    /** Returns how the paths of the copies begin that are kept of a file. */
    static Path backupBeginning(Path file) {
        return file.resolveSibling(file.getFileName() + ".bak-");
    }

    private Optional<byte[]> content() throws ConfigException {
        return Files.notExists(file) ? Optional.empty() : Optional.of(BoundedFile.read(file));
    }

    private ObjectValue root(Optional<byte[]> content) throws ConfigException {
        return content.isPresent() ? SourceReader.parse(file, content.get()).root() : new ObjectValue(1, Map.of());
    }
}
