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
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.sksync.files.path.EscapedText;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.SkipReason;

/**
 * Every call of this package into the file system, and all that differs between platforms: permissions, making a
 * directory durable, and how a rename over an open file fails. No call follows a link in the last part of its path.
 * Stateless; all methods block.
 */
final class Disk {
    /** What is done with each entry of a directory. */
    @FunctionalInterface
    interface EntryVisitor {
        void visit(Path entry) throws IOException;
    }

    private static final int MOVE_ATTEMPTS = 6;
    private static final long FIRST_PAUSE_MILLIS = 10;
    private static final Set<PosixFilePermission> OWNER_ONLY_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_ONLY_FILE = PosixFilePermissions.fromString("rw-------");

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

    /** Returns what is at the path, a link included; empty if nothing is. */
    Optional<BasicFileAttributes> attributes(Path path) throws IOException {
        try {
            return Optional.of(Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    static boolean isSame(BasicFileAttributes before, BasicFileAttributes now) {
        return now.isRegularFile()
                && before.size() == now.size()
                && before.lastModifiedTime().equals(now.lastModifiedTime())
                && Objects.equals(before.fileKey(), now.fileKey());
    }

    Path child(Path directory, String name) throws SkippedFileException {
        try {
            return directory.resolve(name);
        } catch (InvalidPathException e) {
            throw new SkippedFileException(
                    SkipReason.NAME, "\"" + EscapedText.of(name) + "\" is no file name on this platform");
        }
    }

    /** Returns whether the name leads back to the entry that it was taken from; bytes that are no text don't. */
    boolean isFaithful(Path entry, String name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) >= 0x80) {
                try {
                    return entry.resolveSibling(name).equals(entry);
                } catch (InvalidPathException e) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Calls the visitor for each entry of a directory, in any order. */
    void list(Path directory, EntryVisitor visitor) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                visitor.visit(entry);
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** Returns whether the directory has an entry of exactly this name, where asking for it finds other cases too. */
    boolean holdsExactly(Path directory, String name) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                if (nameOf(entry).equals(name)) {
                    return true;
                }
            }
            return false;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** Returns the last part of a path below a root. */
    static String nameOf(Path path) {
        return Objects.requireNonNull(path.getFileName(), "a path below a root has a name")
                .toString();
    }

    FileChannel openForReading(Path file) throws IOException {
        return FileChannel.open(file, Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS));
    }

    /** Creates a file that must not exist, with the permissions that the platform gives to new files. */
    FileChannel create(Path file) throws IOException {
        return FileChannel.open(
                file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
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
    void restrictDirectory(Path directory) throws IOException {
        if (!permissions
                || OWNER_ONLY_DIRECTORY.equals(posix(directory).readAttributes().permissions())) {
            return;
        }
        try {
            posix(directory).setPermissions(OWNER_ONLY_DIRECTORY);
        } catch (NoSuchFileException e) {
            throw e;
        } catch (IOException e) {
            // FAT and the like: everyone who may write to the tree may write here too. Who owns it is asked elsewhere.
            return;
        }
    }

    boolean haveSameOwner(Path one, Path other) throws IOException {
        return !permissions
                || posix(one)
                        .readAttributes()
                        .owner()
                        .equals(posix(other).readAttributes().owner());
    }

    /** Gives a file the permissions of the one that it replaces, without setuid and setgid. */
    void copyPermissions(Path from, Path to) throws IOException {
        if (permissions) {
            PosixFileAttributes wanted;
            try {
                wanted = posix(from).readAttributes();
            } catch (NoSuchFileException e) {
                return;
            }
            posix(to).setPermissions(EnumSet.copyOf(wanted.permissions()));
        }
    }

    private static PosixFileAttributeView posix(Path path) {
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
     * Makes the entries of a directory durable, where the platform can. A directory that is gone needs it no more; one
     * that this user may write to but not read can't be opened for it, and its entries are as durable as the disk makes
     * them of itself.
     */
    void makeDurable(Path directory) throws IOException {
        if (!durableDirectories) {
            return;
        }
        try (FileChannel channel = openForReading(directory)) {
            channel.force(true);
        } catch (NoSuchFileException | AccessDeniedException e) {
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
        return permissions
                ? Files.createTempFile(
                        directory,
                        RelativePath.STAGING_NAME + "-",
                        ".tmp",
                        PosixFilePermissions.asFileAttribute(OWNER_ONLY_FILE))
                : Files.createTempFile(directory, RelativePath.STAGING_NAME + "-", ".tmp");
    }

    FileChannel openForWriting(Path file) throws IOException {
        return FileChannel.open(file, Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    }

    Path linkTarget(Path link) throws IOException {
        return link.resolveSibling(Files.readSymbolicLink(link));
    }
}
