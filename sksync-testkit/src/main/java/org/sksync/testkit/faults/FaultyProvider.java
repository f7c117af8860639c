package org.sksync.testkit.faults;

import static org.sksync.testkit.faults.FaultyFileSystem.unwrap;

import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryStream;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.spi.FileSystemProvider;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The calls by path on a {@link FaultyDisk}. Has the scheme of the disk inside, so that it counts as one like that. */
final class FaultyProvider extends FileSystemProvider {
    private final FaultyDisk disk;
    private final FaultyFileSystem fileSystem;
    private final FileSystemProvider inner;

    FaultyProvider(FaultyDisk disk, FaultyFileSystem fileSystem, FileSystemProvider inner) {
        this.disk = disk;
        this.fileSystem = fileSystem;
        this.inner = inner;
    }

    @Override
    public String getScheme() {
        return inner.getScheme();
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> environment) {
        throw new UnsupportedOperationException("there is one");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        return fileSystem;
    }

    @Override
    public Path getPath(URI uri) {
        return fileSystem.wrap(inner.getPath(uri));
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        return newFileChannel(path, options, attributes);
    }

    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
            throws IOException {
        disk.call(DiskCall.OPEN, path);
        return new FaultyChannel(disk, inner.newFileChannel(unwrap(path), options, attributes));
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path directory, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        disk.call(DiskCall.OPEN_DIRECTORY, directory);
        DirectoryStream<Path> opened =
                inner.newDirectoryStream(unwrap(directory), path -> filter.accept(fileSystem.wrap(path)));
        return opened instanceof SecureDirectoryStream<Path> handle
                ? new FaultyHandle(fileSystem, handle)
                : new FaultyDirectory(fileSystem, opened);
    }

    @Override
    public void createDirectory(Path directory, FileAttribute<?>... attributes) throws IOException {
        disk.call(DiskCall.MAKE, directory);
        inner.createDirectory(unwrap(directory), attributes);
    }

    @Override
    public void createLink(Path link, Path existing) throws IOException {
        disk.call(DiskCall.MAKE, link);
        inner.createLink(unwrap(link), unwrap(existing));
    }

    @Override
    public void createSymbolicLink(Path link, Path target, FileAttribute<?>... attributes) throws IOException {
        disk.call(DiskCall.MAKE, link);
        inner.createSymbolicLink(unwrap(link), unwrap(target), attributes);
    }

    @Override
    public Path readSymbolicLink(Path link) throws IOException {
        disk.call(DiskCall.LOOK, link);
        return fileSystem.wrap(inner.readSymbolicLink(unwrap(link)));
    }

    @Override
    public void delete(Path path) throws IOException {
        disk.call(DiskCall.DELETE, path);
        inner.delete(unwrap(path));
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        disk.call(DiskCall.WRITE, source + " -> " + target);
        inner.copy(unwrap(source), unwrap(target), options);
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        disk.call(DiskCall.MOVE, source + " -> " + target);
        inner.move(unwrap(source), unwrap(target), options);
    }

    @Override
    public boolean isSameFile(Path path, Path other) throws IOException {
        disk.call(DiskCall.LOOK, path);
        return inner.isSameFile(unwrap(path), unwrap(other));
    }

    @Override
    public boolean isHidden(Path path) throws IOException {
        return inner.isHidden(unwrap(path));
    }

    @Override
    public FileStore getFileStore(Path path) throws IOException {
        disk.call(DiskCall.LOOK, path);
        return inner.getFileStore(unwrap(path));
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        disk.call(DiskCall.LOOK, path);
        inner.checkAccess(unwrap(path), modes);
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return FaultyView.of(disk, path, type, inner.getFileAttributeView(unwrap(path), type, options));
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        disk.call(DiskCall.LOOK, path);
        return inner.readAttributes(unwrap(path), type, options);
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        disk.call(DiskCall.LOOK, path);
        return inner.readAttributes(unwrap(path), attributes, options);
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        disk.call(DiskCall.SET, path);
        inner.setAttribute(unwrap(path), attribute, value, options);
    }
}
