package org.sksync.files.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;

/** The replacing of a small file that only its owner may read, such as a configuration with secrets. */
public final class AtomicFile {
    private static final int MAX_LINKS = 40;

    private AtomicFile() {}

    /**
     * Replaces a file, or creates it, so that it holds its complete old or its complete new content at every moment;
     * once this returns, the new content is on the disk. Where the platform has permissions, only the owner may read
     * and write the file afterwards. If the path is a symbolic link, what it points to is replaced.
     *
     * @throws IOException if the path is something other than a regular file, its directory does not exist, or the disk
     *     fails; the file stays as it was
     */
    public static void write(Path file, byte[] content) throws IOException {
        Disk disk = Disk.of(file.getFileSystem());
        Path target = followLinks(disk, file.toAbsolutePath());
        Path directory = Objects.requireNonNull(target.getParent(), "a regular file has a parent");
        Path temp = disk.createOwnerOnlyTemp(directory);
        try {
            try (FileChannel channel = disk.openForWriting(temp)) {
                ByteBuffer bytes = ByteBuffer.wrap(content);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            disk.moveOver(temp, target);
        } catch (IOException e) {
            try {
                disk.delete(temp);
            } catch (IOException onDelete) {
                e.addSuppressed(onDelete);
            }
            throw e;
        }
        disk.force(directory);
    }

    /** Returns how the paths begin of what {@link #write} makes beside a file and renames over it. */
    public static Path tempBeginning(Path file) {
        return file.resolveSibling(Disk.TEMP_BEGINNING);
    }

    private static Path followLinks(Disk disk, Path file) throws IOException {
        Path target = file;
        for (int links = 0; links <= MAX_LINKS; links++) {
            Optional<BasicFileAttributes> found = disk.attributes(target);
            if (found.isEmpty() || found.get().isRegularFile()) {
                return target;
            }
            if (!found.get().isSymbolicLink()) {
                throw new FileSystemException(file.toString(), null, "is no regular file");
            }
            target = disk.linkTarget(target);
        }
        throw new FileSystemLoopException(file.toString());
    }
}
