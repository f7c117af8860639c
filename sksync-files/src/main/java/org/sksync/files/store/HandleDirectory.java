package org.sksync.files.store;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.ClosedDirectoryStreamException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A directory behind a handle of the system: each call is relative to the handle, so what the path to the directory
 * leads to meanwhile makes no difference.
 *
 * <p>Such a call follows links in all the parts of a name but the last, and {@code ..} as well; that is why a name is
 * one part, and why that is checked here again.
 */
final class HandleDirectory implements HeldDirectory {
    /** A call that fails with an exception of its own when the handle is closed. */
    @FunctionalInterface
    private interface Call<T> {
        T run() throws IOException;
    }

    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> WRITE = Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> CREATE =
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final FileAttribute<?>[] NO_ATTRIBUTES = {};

    private final Disk disk;
    private final Path path;
    private final SecureDirectoryStream<Path> handle;
    private boolean listed;
    private volatile @Nullable Object key;

    HandleDirectory(Disk disk, Path path, SecureDirectoryStream<Path> handle) {
        this.disk = disk;
        this.path = path;
        this.handle = handle;
    }

    @Override
    public Path path() {
        return path;
    }

    private static <T> T open(Call<T> call) throws IOException {
        try {
            return call.run();
        } catch (ClosedDirectoryStreamException e) {
            ClosedChannelException closed = new ClosedChannelException();
            closed.initCause(e);
            throw closed;
        }
    }

    @Override
    public Optional<BasicFileAttributes> attributes(Path name) throws IOException {
        Path part = HeldDirectory.requireOnePart(name);
        try {
            return Optional.of(open(
                    () -> handle.getFileAttributeView(part, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                            .readAttributes()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    private BasicFileAttributes own() throws IOException {
        return open(
                () -> handle.getFileAttributeView(BasicFileAttributeView.class).readAttributes());
    }

    @Override
    public boolean holds(Path name, HeldDirectory other) throws IOException {
        Optional<BasicFileAttributes> found = attributes(name);
        return found.isPresent()
                && HeldDirectory.isDirectory(found.get())
                && other instanceof HandleDirectory that
                && that.isKnownAs(found.get());
    }

    /** A directory that is held stays the one that it is, so it is asked once. */
    private boolean isKnownAs(BasicFileAttributes found) throws IOException {
        Object own = key;
        if (own == null) {
            own = own().fileKey();
            key = own;
        }
        return Objects.equals(found.fileKey(), own);
    }

    @Override
    public boolean isPinned() {
        return true;
    }

    @Override
    public void list(EntryVisitor visitor) throws IOException {
        if (listed) {
            // A handle gives its entries once.
            try (DirectoryStream<Path> again = open(() -> handle.newDirectoryStream(self()))) {
                list(again, visitor);
            }
        } else {
            listed = true;
            list(handle, visitor);
        }
    }

    private static void list(DirectoryStream<Path> entries, EntryVisitor visitor) throws IOException {
        try {
            open(() -> {
                for (Path entry : entries) {
                    visitor.visit(Objects.requireNonNull(entry.getFileName(), "an entry has a name"));
                }
                return true;
            });
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private Path self() {
        return fileSystem().getPath(".");
    }

    @Override
    public HeldDirectory open(Path name) throws IOException {
        Path part = HeldDirectory.requireOnePart(name);
        return new HandleDirectory(
                disk, path.resolve(part), open(() -> handle.newDirectoryStream(part, LinkOption.NOFOLLOW_LINKS)));
    }

    @Override
    public FileChannel openForReading(Path name) throws IOException {
        return channel(HeldDirectory.requireOnePart(name), READ, NO_ATTRIBUTES);
    }

    @Override
    public FileChannel create(Path name) throws IOException {
        return channel(HeldDirectory.requireOnePart(name), CREATE, disk.ownerOnlyFile());
    }

    @Override
    public FileChannel openForLocking(Path name) throws IOException {
        return channel(HeldDirectory.requireOnePart(name), WRITE, NO_ATTRIBUTES);
    }

    @Override
    public void link(Path name, BasicFileAttributes known, HeldDirectory to, Path newName) throws IOException {
        HandleDirectory other = same(to);
        // A link goes by the two paths, so only where nobody can swap a directory on the way is it one within the tree.
        if (!disk.hasPermissions()) {
            throw new FileSystemException(path.toString(), null, "whose directories lead there can't be told");
        }
        UserPrincipal user = other.handle
                .getFileAttributeView(PosixFileAttributeView.class)
                .readAttributes()
                .owner();
        if (!disk.isOutOfOthersReach(path, user) || !disk.isOutOfOthersReach(other.path, user)) {
            throw new FileSystemException(path.toString(), null, "others may move a directory that leads there");
        }
        requireInPlace();
        other.requireInPlace();
        disk.link(
                path.resolve(HeldDirectory.requireOnePart(name)),
                other.path.resolve(HeldDirectory.requireOnePart(newName)));
        Optional<BasicFileAttributes> made = other.attributes(newName);
        if (made.isEmpty() || !Objects.equals(made.get().fileKey(), known.fileKey())) {
            other.delete(newName);
            throw moved();
        }
    }

    private FileChannel channel(Path name, Set<OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        SeekableByteChannel channel = open(() -> handle.newByteChannel(name, options, attributes));
        if (channel instanceof FileChannel file) {
            return file;
        }
        channel.close();
        throw new FileSystemException(name.toString(), null, "can't be forced to this disk");
    }

    @Override
    public void createDirectory(Path name) throws IOException {
        requireInPlace();
        disk.createDirectory(path.resolve(HeldDirectory.requireOnePart(name)));
        requireMade(name);
    }

    @Override
    public void createOwnerOnlyDirectory(Path name) throws IOException {
        requireInPlace();
        disk.createOwnerOnlyDirectory(path.resolve(HeldDirectory.requireOnePart(name)));
        requireMade(name);
    }

    private void requireInPlace() throws IOException {
        if (!disk.leadsTo(path, own())) {
            throw moved();
        }
    }

    private void requireMade(Path name) throws IOException {
        if (attributes(name).filter(HeldDirectory::isDirectory).isEmpty()) {
            requireInPlace();
            // Another session has just removed it, since it was empty.
            throw new NoSuchFileException(path.resolve(name).toString());
        }
    }

    private FileSystemException moved() {
        return new FileSystemException(path.toString(), null, "the directory was moved while it was in use");
    }

    @Override
    public void restrict() throws IOException {
        disk.restrict(handle.getFileAttributeView(PosixFileAttributeView.class));
    }

    @Override
    public boolean ownsToo(Path name) throws IOException {
        return open(() -> disk.haveSameOwner(handle.getFileAttributeView(PosixFileAttributeView.class), posix(name)));
    }

    private PosixFileAttributeView posix(Path name) {
        return handle.getFileAttributeView(
                HeldDirectory.requireOnePart(name), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public void copyPermissions(Path from, HeldDirectory to, Path name) throws IOException {
        if (disk.hasPermissions()) {
            open(() -> {
                disk.copyPermissions(posix(from), same(to).posix(name));
                return true;
            });
        }
    }

    private static HandleDirectory same(HeldDirectory other) {
        if (other instanceof HandleDirectory that) {
            return that;
        }
        throw new IllegalArgumentException("directory: of another kind (expected: one of the same tree)");
    }

    @Override
    public void setModificationTime(Path name, long millis) throws IOException {
        BasicFileAttributeView view = handle.getFileAttributeView(
                HeldDirectory.requireOnePart(name), BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
        open(() -> {
            try {
                view.setTimes(FileTime.fromMillis(millis), null, null);
            } catch (FileSystemException e) {
                if (millis >= 0) {
                    throw e;
                }
                // A time before 1970 that the system call can't carry: the nearest is taken, as Java does for paths.
                view.setTimes(FileTime.fromMillis(0), null, null);
            }
            return true;
        });
    }

    @Override
    public void move(Path name, HeldDirectory to, Path newName) throws IOException {
        Path from = HeldDirectory.requireOnePart(name);
        Path target = HeldDirectory.requireOnePart(newName);
        open(() -> {
            handle.move(from, same(to).handle, target);
            return true;
        });
    }

    @Override
    public void delete(Path name) throws IOException {
        Path part = HeldDirectory.requireOnePart(name);
        try {
            open(() -> {
                handle.deleteFile(part);
                return true;
            });
        } catch (NoSuchFileException e) {
            return;
        }
    }

    @Override
    public void deleteDirectoryIfEmpty(Path name) throws IOException {
        Path part = HeldDirectory.requireOnePart(name);
        try {
            open(() -> {
                handle.deleteDirectory(part);
                return true;
            });
        } catch (NoSuchFileException | DirectoryNotEmptyException e) {
            return;
        }
    }

    @Override
    public void force() throws IOException {
        if (!disk.forcesDirectories()) {
            return;
        }
        try (FileChannel channel = channel(self(), READ, NO_ATTRIBUTES)) {
            channel.force(true);
        } catch (AccessDeniedException e) {
            return;
        }
    }

    @Override
    public void close() {
        try {
            handle.close();
        } catch (IOException e) {
            return;
        }
    }
}
