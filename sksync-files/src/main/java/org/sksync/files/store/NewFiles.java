package org.sksync.files.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The making of what is not there yet, such as a first configuration: nothing that exists is touched. Blocks. */
public final class NewFiles {

    private NewFiles() {}

    /** Returns whether anything is at the path, be it a link that leads nowhere, or something that can't be looked at. */
    public static boolean exists(Path path) {
        try {
            return Disk.of(path.getFileSystem()).attributes(path).isPresent();
        } catch (IOException e) {
            return true;
        }
    }

    /** Returns whether there is a directory at the path, or a link to one, with nothing in it; false if it can't be read. */
    public static boolean isEmptyDirectory(Path path) {
        List<Path> names = new ArrayList<>();
        try {
            Disk.of(path.getFileSystem()).list(path, names::add);
            return names.isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Creates a file that, where the platform has permissions, only its owner may read and write. Once this returns, it
     * is on the disk.
     *
     * @throws FileAlreadyExistsException if something of that name is there; it stays as it is
     * @throws IOException if its directory does not exist, or the disk fails; then nothing of that name is left
     */
    public static void create(Path file, byte[] content) throws IOException {
        Disk disk = Disk.of(file.getFileSystem());
        Path absolute = file.toAbsolutePath();
        try (FileChannel channel = disk.create(absolute)) {
            write(channel, content);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (IOException e) {
            remove(absolute, e);
            throw e;
        }
        disk.force(Objects.requireNonNull(absolute.getParent(), "a file has a parent"));
    }

    private static void write(FileChannel channel, byte[] content) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(content);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.force(true);
    }

    /** Removes a file that {@link #create} has made, because of a failure; what goes wrong with it is added to that. */
    public static void remove(Path file, Exception failure) {
        try {
            Disk.of(file.getFileSystem()).delete(file);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /**
     * Creates a directory, with those that lead to it, unless it is there.
     *
     * @return whether it was not there
     * @throws FileAlreadyExistsException if something else is there
     * @throws IOException if it can't be made
     */
    public static boolean createDirectory(Path directory) throws IOException {
        Disk disk = Disk.of(directory.getFileSystem());
        Path absolute = directory.toAbsolutePath();
        if (isDirectory(disk, absolute)) {
            return false;
        }
        Path parent = absolute.getParent();
        if (parent != null) {
            createDirectory(parent);
        }
        disk.createDirectory(absolute);
        return true;
    }

    private static boolean isDirectory(Disk disk, Path path) throws IOException {
        try {
            return disk.attributes(disk.realPath(path))
                    .filter(BasicFileAttributes::isDirectory)
                    .isPresent();
        } catch (NoSuchFileException e) {
            return false;
        }
    }
}
