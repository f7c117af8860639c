package org.sksync.files.store;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.RelativePath;

/**
 * The calls into the file system that go by a path, and all that differs between platforms: permissions, making a
 * directory durable, and how a rename over an open file fails. No call follows a link in the last part of its path. What
 * lies in a synced tree is reached through {@link #hold} alone. Stateless; all methods block.
 */
final class Disk {
    /** How the names of files begin that are made beside another one and renamed over it. */
    static final String TEMP_BEGINNING = RelativePath.STAGING_NAME + "-";

    private static final int STICKY = 01000;
    private static final int WRITABLE_BY_OTHERS = 0022;
    private static final Integer ROOT = 0;
    private static final int MOVE_ATTEMPTS = 6;
    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final Set<PosixFilePermission> OWNER_ONLY_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_ONLY_FILE = PosixFilePermissions.fromString("rw-------");

    private static final FileAttribute<?>[] OWNED = {PosixFilePermissions.asFileAttribute(OWNER_ONLY_FILE)};
    private static final FileAttribute<?>[] NO_ATTRIBUTES = {};

    private final boolean permissions;
    private final boolean durableDirectories;
    private final int moveAttempts;

    private Disk(boolean permissions, boolean durableDirectories, int moveAttempts) {
        this.permissions = permissions;
        this.durableDirectories = durableDirectories;
        this.moveAttempts = moveAttempts;
    }

    static Disk of(FileSystem fileSystem) {
        boolean windows = PlatformNames.of(fileSystem) == PlatformNames.WINDOWS;
        // Only the default provider opens a directory as a channel, which is what forcing it takes.
        boolean nativeDisk = fileSystem.provider().getScheme().equals("file");
        return new Disk(
                fileSystem.supportedFileAttributeViews().contains("posix"),
                nativeDisk && !windows,
                windows ? MOVE_ATTEMPTS : 1);
    }

    /**
     * Opens a directory by its real path; the caller closes it. What leads to it is the operator's own, so it is trusted.
     *
     * @throws NotDirectoryException if it is none
     */
    @SuppressWarnings("StreamResourceLeak") // what is returned holds it, and closes it
    HeldDirectory hold(Path real) throws IOException {
        if (attributes(real).filter(HeldDirectory::isDirectory).isEmpty()) {
            throw new NotDirectoryException(real.toString());
        }
        DirectoryStream<Path> stream = Files.newDirectoryStream(real);
        if (stream instanceof SecureDirectoryStream<Path> handle) {
            return new HandleDirectory(this, real, handle);
        }
        stream.close();
        return new PathDirectory(this, real);
    }

    boolean hasPermissions() {
        return permissions;
    }

    boolean forcesDirectories() {
        return durableDirectories;
    }

    /** Returns the attributes that keep a new file from everyone but its owner. */
    FileAttribute<?>[] ownerOnlyFile() {
        return permissions ? OWNED : NO_ATTRIBUTES;
    }

    /** Returns whether a path leads to what has these attributes, as far as the disk tells one from the other. */
    boolean leadsTo(Path path, BasicFileAttributes known) throws IOException {
        return attributes(path)
                .filter(found -> Objects.equals(found.fileKey(), known.fileKey()))
                .isPresent();
    }

    /**
     * Returns whether nobody but this user and root can put another directory in the place of this one, or of one that
     * leads to it. False where that can't be told.
     *
     * @param user who this user is
     */
    boolean isOutOfOthersReach(Path directory, UserPrincipal user) {
        try {
            for (Path each = directory.toAbsolutePath(); each != null; each = each.getParent()) {
                UserPrincipal owner = posix(each).readAttributes().owner();
                Map<String, Object> found = Files.readAttributes(each, "unix:uid,mode", LinkOption.NOFOLLOW_LINKS);
                int mode = (Integer) Objects.requireNonNull(found.get("mode"), "mode");
                boolean trusted = owner.equals(user) || ROOT.equals(found.get("uid"));
                if (!trusted || ((mode & WRITABLE_BY_OTHERS) != 0 && (mode & STICKY) == 0)) {
                    return false;
                }
            }
            return true;
        } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
            return false;
        }
    }

    /**
     * Returns what tells the disk of a directory from other disks.
     *
     * @throws IOException if the directory is gone, or this platform does not tell
     */
    static Object deviceOf(Path directory) throws IOException {
        try {
            return Files.getAttribute(directory, "unix:dev", LinkOption.NOFOLLOW_LINKS);
        } catch (UnsupportedOperationException | IllegalArgumentException e) {
            throw new IOException("this platform does not tell one disk from another", e);
        }
    }

    /** Returns whether a file is there that may be run. */
    static boolean isProgram(Path file) {
        return Files.isExecutable(file);
    }

    /** Gives a file another name, where the disk has such a thing. */
    void link(Path existing, Path name) throws IOException {
        try {
            Files.createLink(name, existing);
        } catch (UnsupportedOperationException e) {
            throw new FileSystemException(name.toString(), existing.toString(), "hard links are not supported");
        }
    }

    Path realAsFarAsItExists(Path path) {
        try {
            return realPath(path);
        } catch (IOException e) {
            Path parent = path.getParent();
            Path name = path.getFileName();
            return parent == null || name == null
                    ? path
                    : realAsFarAsItExists(parent).resolve(name).normalize();
        }
    }

    /** Returns whether both paths lead to the same thing; false where one leads nowhere, or that can't be told. */
    boolean isSame(Path one, Path other) {
        try {
            return Files.isSameFile(one, other);
        } catch (IOException e) {
            return false;
        }
    }

    Path realPath(Path path) throws IOException {
        return path.toRealPath();
    }

    /** Returns what is at the path, a link included; empty if nothing is. */
    Optional<BasicFileAttributes> attributes(Path path) throws IOException {
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** Calls the visitor for each entry of a directory, in any order. */
    void list(Path directory, HeldDirectory.EntryVisitor visitor) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                visitor.visit(Objects.requireNonNull(entry.getFileName(), "an entry has a name"));
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    FileChannel openForReading(Path file) throws IOException {
        return FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    /** Creates a file that must not exist, and that only its owner may read and write. */
    FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                ownerOnlyFile());
    }

    void createDirectory(Path directory) throws IOException {
        Files.createDirectory(directory);
    }

    void createOwnerOnlyDirectory(Path directory) throws IOException {
        if (permissions) {
            Files.createDirectory(directory, PosixFilePermissions.asFileAttribute(OWNER_ONLY_DIRECTORY));
        } else {
            Files.createDirectory(directory);
        }
    }

    /** Takes a directory away from everyone but its owner, as far as the disk keeps permissions and lets us. */
    void restrict(PosixFileAttributeView directory) throws IOException {
        if (!permissions
                || OWNER_ONLY_DIRECTORY.equals(directory.readAttributes().permissions())) {
            return;
        }
        try {
            directory.setPermissions(OWNER_ONLY_DIRECTORY);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            // FAT and the like: everyone who may write to the tree may write here too. Who owns it is asked elsewhere.
            return;
        }
    }

    boolean haveSameOwner(PosixFileAttributeView one, PosixFileAttributeView other) throws IOException {
        return !permissions
                || one.readAttributes().owner().equals(other.readAttributes().owner());
    }

    /** Gives a file the permissions of another one, if there is one, without setuid and setgid. */
    void copyPermissions(PosixFileAttributeView from, PosixFileAttributeView to) throws IOException {
        PosixFileAttributes wanted;
        try {
            wanted = from.readAttributes();
        } catch (NoSuchFileException e) {
            return;
        }
        to.setPermissions(wanted.permissions());
    }

    PosixFileAttributeView posix(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    void setModificationTime(Path file, long millis) throws IOException {
        Files.getFileAttributeView(file, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                .setTimes(FileTime.fromMillis(millis), null, null);
    }

    /**
     * Moves a file over another one in one step. Where other programs can bar that for a moment by having the target
     * open, it is tried a few times within a third of a second.
     */
    void moveOver(Path from, Path to) throws IOException {
        long pause = FIRST_PAUSE_MILLIS;
        for (int attempt = 1; ; attempt++) {
            try {
                Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                return;
            } catch (AtomicMoveNotSupportedException | NoSuchFileException e) {
                throw e;
            } catch (IOException e) {
                if (attempt == moveAttempts) {
                    throw e;
                }
                pause(pause, e);
                pause *= 2;
            }
        }
    }

    private static void pause(long millis, IOException error) throws IOException {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            InterruptedIOException interrupted = new InterruptedIOException("interrupted while the target was in use");
            interrupted.initCause(error);
            throw interrupted;
        }
    }

    /**
     * Makes the entries of a directory durable, where the platform can. One that this user may write to but not read
     * can't be opened for it, and its entries are as durable as the disk makes them of itself.
     */
    void force(Path directory) throws IOException {
        if (!durableDirectories) {
            return;
        }
        try (FileChannel channel = openForReading(directory)) {
            channel.force(true);
        } catch (AccessDeniedException e) {
            return;
        }
    }

    void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    /** Deletes a directory unless something is in it. */
    void deleteIfEmpty(Path directory) throws IOException {
        try {
            Files.deleteIfExists(directory);
        } catch (DirectoryNotEmptyException e) {
            return;
        }
    }

    long usableBytes(Path path) throws IOException {
        return Files.getFileStore(path).getUsableSpace();
    }

    /** Creates a file of its own random name that only the owner may read and write. */
    Path createOwnerOnlyTemp(Path directory) throws IOException {
        return Files.createTempFile(directory, TEMP_BEGINNING, ".tmp", ownerOnlyFile());
    }

    FileChannel openForWriting(Path file) throws IOException {
        return FileChannel.open(file, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    }

    Path linkTarget(Path link) throws IOException {
        return link.resolveSibling(Files.readSymbolicLink(link));
    }
}
