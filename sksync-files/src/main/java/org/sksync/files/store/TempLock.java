package org.sksync.files.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The sign that the temp files of one session have a living owner: a locked file beside them. The system drops the lock
 * when the process ends, however it ends.
 *
 * <p>On POSIX a process loses its lock when it closes any handle of the file, so one that holds a lock never opens the
 * file a second time: {@link TempSweep} sees whose it is by the name.
 */
final class TempLock {
    private static final int ATTEMPTS = 10;

    private final PathLocks locks;
    private final String token;
    private final Path name;
    private final FileChannel channel;

    private TempLock(PathLocks locks, String token, Path name, FileChannel channel) {
        this.locks = locks;
        this.token = token;
        this.name = name;
        this.channel = channel;
    }

    /** Creates one in a staging directory. */
    static TempLock create(HeldDirectory directory, PathLocks locks) throws IOException {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            Optional<TempLock> made = tryCreate(directory, locks);
            if (made.isPresent()) {
                return made.get();
            }
        }
        throw new FileSystemException(directory.path().toString(), null, "lock files vanish as soon as they are made");
    }

    /** Returns the lock, or empty if another process took the new file for a dead one's before it was locked. */
    private static Optional<TempLock> tryCreate(HeldDirectory directory, PathLocks locks) throws IOException {
        String token = locks.begin();
        Path name = directory.name(TempName.lock(token));
        FileChannel channel;
        try {
            channel = directory.create(name);
        } catch (IOException e) {
            locks.end(token);
            throw e;
        }
        TempLock made = new TempLock(locks, token, name, channel);
        try {
            if (made.lock() && directory.attributes(name).isPresent()) {
                return Optional.of(made);
            }
        } catch (IOException e) {
            try {
                made.release(directory);
            } catch (IOException onRelease) {
                e.addSuppressed(onRelease);
            }
            throw e;
        }
        made.release(directory);
        return Optional.empty();
    }

    private boolean lock() {
        try {
            return channel.tryLock() != null;
        } catch (IOException e) {
            // A disk without locks: another process can't get one either, so it sweeps nothing of ours.
            return true;
        }
    }

    /** Returns what the names of the session's temp files begin with. */
    String token() {
        return token;
    }

    /** Deletes the lock file and gives up the lock. */
    void release(HeldDirectory directory) throws IOException {
        try (channel) {
            directory.delete(name);
        } finally {
            locks.end(token);
        }
    }

    /** Returns whether nobody holds the lock of a lock file, which stays locked until the channel is closed. */
    static boolean isFree(FileChannel file) {
        try {
            return file.tryLock() != null;
        } catch (IOException | OverlappingFileLockException e) {
            // A disk without locks; or another session of this process is removing just these files.
            return false;
        }
    }
}
