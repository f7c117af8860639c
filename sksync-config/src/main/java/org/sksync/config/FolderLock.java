package org.sksync.config;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The right to sync a folder: one holder at a time, whatever configuration it comes from (docs/adr/0022). It is a lock
 * of the system on a file in a directory of the user's own, which is named after the folder's real path and tells who
 * holds it. The system drops the lock when its process ends, however it ends. The file stays: removing it would let two
 * holders lock two different files of that name.
 *
 * <p>A process asks once for a folder: on POSIX systems, closing any channel of a lock file takes the lock away from
 * another holder in the same process.
 */
public final class FolderLock implements Closeable {

    private static final int NAME_BYTES = 16;
    private static final int MAX_HOLDER_BYTES = 4096;
    /** Far behind the text: Windows lets nobody read what is locked. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;
    /** A holder writes who it is right after it has the lock. */
    private static final int LOOKS = 20;

    private static final long PAUSE_MILLIS = 5;

    private final FileChannel channel;

    private FolderLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Who syncs a folder.
     *
     * @param pid the process
     * @param sinceMillis when it began, in milliseconds since 1970
     * @param command its command and profile, without line breaks
     */
    public record Holder(long pid, long sinceMillis, String command) {

        private String line() {
            return pid + " " + sinceMillis + " " + command + "\n";
        }

        private static Optional<Holder> of(String text) {
            String[] words = text.strip().split(" ", 3);
            try {
                return words.length == 3
                        ? Optional.of(new Holder(Long.parseLong(words[0]), Long.parseLong(words[1]), words[2]))
                        : Optional.empty();
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }

        private boolean lives() {
            return ProcessHandle.of(pid).isPresent();
        }
    }

    /**
     * Takes the right, without waiting.
     *
     * @param directory where the lock files are; made, for this user alone, if it is not there
     * @param folder the folder's real path
     * @param holder who takes it
     * @throws FolderBusyException if somebody else has it
     * @throws IOException if the lock file can't be written
     */
    public static FolderLock acquire(Path directory, Path folder, Holder holder)
            throws FolderBusyException, IOException {
        makeOwn(directory);
        FileChannel channel = FileChannel.open(
                directory.resolve(name(folder)),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                LinkOption.NOFOLLOW_LINKS);
        boolean acquired = false;
        try {
            if (tryLock(channel) == null) {
                throw new FolderBusyException(folder, holderOf(channel));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(holder.line().getBytes(StandardCharsets.UTF_8)), 0);
            acquired = true;
        } finally {
            if (!acquired) {
                channel.close();
            }
        }
        return new FolderLock(channel);
    }

    private static void makeOwn(Path directory) throws IOException {
        if (Files.isDirectory(directory)) {
            return;
        }
        if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(directory);
        }
    }

    private static String name(Path folder) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(folder.toString().getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, NAME_BYTES)) + ".lock";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock(LOCKED_BYTE, 1, false);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Looks again for a moment where it says nothing yet, or still names one that was killed. */
    private static Optional<Holder> holderOf(FileChannel channel) throws IOException {
        for (int look = 0; look < LOOKS; look++) {
            ByteBuffer content = ByteBuffer.allocate(MAX_HOLDER_BYTES);
            channel.read(content, 0);
            Optional<Holder> holder = Holder.of(
                            StandardCharsets.UTF_8.decode(content.flip()).toString())
                    .filter(Holder::lives);
            if (holder.isPresent()) {
                return holder;
            }
            try {
                Thread.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Gives the right up. */
    @Override
    public void close() throws IOException {
        try (channel) {
            channel.truncate(0);
        }
    }
}
