package org.sksync.config;

import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The right to change a file that is replaced by renaming: one holder at a time, be it in this process or another. The
 * lock is taken on the empty file {@code .NAME.lock} beside it, since a lock on the file itself would be left behind by
 * the rename. That file stays: removing it would let two holders lock two different files of that name.
 */
final class SiblingLock implements Closeable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private final Path target;
    private final FileChannel channel;

    private SiblingLock(Path target, FileChannel channel) {
        this.target = target;
        this.channel = channel;
    }

    /**
     * Waits for the right to change {@code file}, which need not exist, but its directory must.
     *
     * @throws ConfigException if another holder keeps it for ten seconds
     * @throws IOException if the lock file can't be written, or if the thread is interrupted
     */
    static SiblingLock acquire(Path file) throws ConfigException, IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        FileChannel channel = FileChannel.open(
                lockFile(target), StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
        boolean acquired = false;
        try {
            acquired = waitFor(channel);
        } finally {
            if (!acquired) {
                channel.close();
            }
        }
        if (!acquired) {
            throw new ConfigException(file + ": another program has been changing the file for " + PATIENCE.toSeconds()
                    + " seconds; end it and try again");
        }
        return new SiblingLock(target, channel);
    }

    /** Returns where the lock is of a file, by its real path. */
    static Path lockFile(Path target) {
        return target.resolveSibling("." + target.getFileName() + ".lock");
    }

    /** Returns the file to change: what the one asked for leads to through symbolic links, if it is there. */
    Path target() {
        return target;
    }

    /**
     * Tries again on the same channel until it has the lock: on POSIX systems, closing any channel of the lock file
     * would take the lock away from another holder in this process.
     */
    private static boolean waitFor(FileChannel channel) throws IOException {
        long start = System.nanoTime();
        while (tryLock(channel) == null) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                return false;
            }
            try {
                Thread.sleep(PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while another program changes the file");
            }
        }
        return true;
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
