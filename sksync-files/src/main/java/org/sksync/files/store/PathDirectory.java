package org.sksync.files.store;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * A directory by its real path, where the platform has no handles of directories for Java.
 *
 * <p>Each part on the way down was looked at without following links, and the real path of the directory is compared
 * before it is used, and again after something in it was opened or listed. Who may rename directories of the tree can
 * still win against that within the moment between a look and the use.
 */
final class PathDirectory implements HeldDirectory {
    private final Disk disk;
    private final Path real;
    private volatile boolean closed;

    PathDirectory(Disk disk, Path real) {
        this.disk = disk;
        this.real = real;
    }

    @Override
    public Path path() {
        return real;
    }

    private Path child(Path name) throws ClosedChannelException {
        if (closed) {
            throw new ClosedChannelException();
        }
        return real.resolve(HeldDirectory.requireOnePart(name));
    }

    private void requireInPlace() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        if (!disk.realPath(real).equals(real)) {
            throw new NoSuchFileException(real.toString());
        }
    }

    @Override
    public Optional<BasicFileAttributes> attributes(Path name) throws IOException {
        return disk.attributes(child(name));
    }

    @Override
    public boolean holds(Path name, HeldDirectory other) throws IOException {
        return attributes(name).filter(HeldDirectory::isDirectory).isPresent()
                && disk.realPath(child(name)).equals(other.path());
    }

    @Override
    public boolean isPinned() {
        return false;
    }

    @Override
    public void list(EntryVisitor visitor) throws IOException {
        requireInPlace();
        disk.list(real, visitor);
        requireInPlace();
    }

    @Override
    public HeldDirectory open(Path name) throws IOException {
        Path found = disk.realPath(child(name));
        if (!real.equals(found.getParent())) {
            throw new NotDirectoryException(name.toString());
        }
        if (disk.attributes(found).filter(HeldDirectory::isDirectory).isEmpty()) {
            throw new NotDirectoryException(name.toString());
        }
        return new PathDirectory(disk, found);
    }

    @Override
    public FileChannel openForReading(Path name) throws IOException {
        requireInPlace();
        return inPlace(disk.openForReading(child(name)));
    }

    @Override
    public FileChannel create(Path name) throws IOException {
        requireInPlace();
        return inPlace(disk.create(child(name)));
    }

    @Override
    public FileChannel openForLocking(Path name) throws IOException {
        requireInPlace();
        return inPlace(disk.openForWriting(child(name)));
    }

    @Override
    public void link(Path name, BasicFileAttributes known, HeldDirectory to, Path newName) throws IOException {
        PathDirectory other = same(to);
        requireInPlace();
        other.requireInPlace();
        disk.link(child(name), other.child(newName));
        Optional<BasicFileAttributes> made = other.attributes(newName);
        if (made.isEmpty() || !HeldDirectory.isSame(known, made.get())) {
            other.delete(newName);
            throw new NoSuchFileException(real.toString());
        }
    }

    private FileChannel inPlace(FileChannel channel) throws IOException {
        try {
            requireInPlace();
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public void createDirectory(Path name) throws IOException {
        requireInPlace();
        disk.createDirectory(child(name));
        requireInPlace();
    }

    @Override
    public void createOwnerOnlyDirectory(Path name) throws IOException {
        requireInPlace();
        disk.createOwnerOnlyDirectory(child(name));
        requireInPlace();
    }

    @Override
    public void restrict() throws IOException {
        if (disk.hasPermissions()) {
            requireInPlace();
            disk.restrict(disk.posix(real));
        }
    }

    @Override
    public boolean ownsToo(Path name) throws IOException {
        return !disk.hasPermissions() || disk.haveSameOwner(disk.posix(real), disk.posix(child(name)));
    }

    @Override
    public void copyPermissions(Path from, HeldDirectory to, Path name) throws IOException {
        if (disk.hasPermissions()) {
            requireInPlace();
            disk.copyPermissions(disk.posix(child(from)), disk.posix(same(to).child(name)));
        }
    }

    private static PathDirectory same(HeldDirectory other) {
        if (other instanceof PathDirectory that) {
            return that;
        }
        throw new IllegalArgumentException("directory: of another kind (expected: one of the same tree)");
    }

    @Override
    public void setModificationTime(Path name, long millis) throws IOException {
        requireInPlace();
        disk.setModificationTime(child(name), millis);
    }

    @Override
    public void move(Path name, HeldDirectory to, Path newName) throws IOException {
        requireInPlace();
        same(to).requireInPlace();
        disk.moveOver(child(name), same(to).child(newName));
    }

    @Override
    public void delete(Path name) throws IOException {
        requireInPlace();
        disk.delete(child(name));
    }

    @Override
    public void deleteDirectoryIfEmpty(Path name) throws IOException {
        requireInPlace();
        disk.deleteIfEmpty(child(name));
    }

    @Override
    public void force() throws IOException {
        requireInPlace();
        disk.force(real);
    }

    @Override
    public void close() {
        closed = true;
    }
}
