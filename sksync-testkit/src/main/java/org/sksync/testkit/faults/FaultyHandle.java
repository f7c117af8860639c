package org.sksync.testkit.faults;

import static org.sksync.testkit.faults.FaultyFileSystem.unwrap;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.util.Iterator;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A directory behind a handle on a {@link FaultyDisk}. */
final class FaultyHandle implements SecureDirectoryStream<Path> {
    private final FaultyFileSystem fileSystem;
    private final FaultyDisk disk;
    private final SecureDirectoryStream<Path> inner;

    FaultyHandle(FaultyFileSystem fileSystem, SecureDirectoryStream<Path> inner) {
        this.fileSystem = fileSystem;
        this.disk = fileSystem.disk();
        this.inner = inner;
        disk.opened(this);
    }

    @Override
    public SecureDirectoryStream<Path> newDirectoryStream(Path path, LinkOption... options) throws IOException {
        disk.call(DiskCall.OPEN_DIRECTORY, path);
        return new FaultyHandle(fileSystem, inner.newDirectoryStream(unwrap(path), options));
    }

    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        disk.call(DiskCall.OPEN, path);
        return new FaultyChannel(disk, (FileChannel) inner.newByteChannel(unwrap(path), options, attributes));
    }

    @Override
    public void deleteFile(Path path) throws IOException {
        disk.call(DiskCall.DELETE, path);
        inner.deleteFile(unwrap(path));
    }

    @Override
    public void deleteDirectory(Path path) throws IOException {
        disk.call(DiskCall.DELETE, path);
        inner.deleteDirectory(unwrap(path));
    }

    @Override
    public void move(Path source, SecureDirectoryStream<Path> target, Path name) throws IOException {
        disk.call(DiskCall.MOVE, source + " -> " + name);
        inner.move(unwrap(source), ((FaultyHandle) target).inner, unwrap(name));
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(Class<V> type) {
        return FaultyView.of(disk, ".", type, inner.getFileAttributeView(type));
    }

    @Override
    public <V extends FileAttributeView> @Nullable V getFileAttributeView(
            Path path, Class<V> type, LinkOption... options) {
        return FaultyView.of(disk, path, type, inner.getFileAttributeView(unwrap(path), type, options));
    }

    @Override
    public Iterator<Path> iterator() {
        return new FaultyEntries(fileSystem, inner.iterator());
    }

    @Override
    public void close() throws IOException {
        disk.closed(this);
        inner.close();
        disk.callOpen(DiskCall.CLOSE);
    }
}
