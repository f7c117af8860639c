package org.sksync.files.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.SkipReason;

/**
 * One session's part of the staging directory: temp files on the file system of the tree, out of everyone's sight.
 *
 * <p>Sessions share the directory. Each makes it when it needs it and removes it when nothing is left in it, so it can
 * vanish between two steps of another session, which then makes it anew. What a session did not create it never
 * touches.
 */
final class Staging implements Closeable {
    /** A temp file that is open for writing. */
    record Temp(Path file, FileChannel channel) {}

    private static final int NAME_BYTES = 16;
    private static final String SUFFIX = ".part";
    private static final int ATTEMPTS = 100;

    private final Disk disk;
    private final Path directory;
    private final SecureRandom random;
    private final Set<Temp> temps = new HashSet<>();
    private boolean used;

    Staging(Disk disk, Path directory, SecureRandom random) {
        this.disk = disk;
        this.directory = directory;
        this.random = random;
    }

    /** Creates an empty file with a name that can't be guessed and the permissions of a new file of this process. */
    Temp create() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return tryCreate();
            } catch (NoSuchFileException e) {
                // Another session has just removed the directory.
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private Temp tryCreate() throws IOException {
        used = true;
        boolean mine = createDirectory();
        Path file = disk.child(directory, randomName());
        Temp temp = new Temp(file, disk.create(file));
        temps.add(temp);
        if (!mine && !disk.haveSameOwner(directory, file)) {
            discard(temp);
            throw new SkippedFileException(
                    SkipReason.PERMISSION,
                    "the directory " + RelativePath.STAGING_NAME + " belongs to another user: remove it");
        }
        return temp;
    }

    /** Returns whether the directory was created, rather than found. */
    private boolean createDirectory() throws IOException {
        if (disk.attributes(directory).isEmpty()) {
            try {
                disk.createOwnerOnlyDirectory(directory);
                return true;
            } catch (FileAlreadyExistsException e) {
                // Another session was faster, or an intruder: what is there now is looked at below.
            }
        }
        Optional<BasicFileAttributes> found = disk.attributes(directory);
        if (found.isPresent() && !found.get().isDirectory()) {
            throw new SkippedFileException(
                    SkipReason.NOT_A_FILE, RelativePath.STAGING_NAME + " is no directory: remove it");
        }
        disk.restrictDirectory(directory);
        return false;
    }

    private String randomName() {
        byte[] name = new byte[NAME_BYTES];
        random.nextBytes(name);
        return HexFormat.of().formatHex(name) + SUFFIX;
    }

    /** Returns whether this file system finds a name in another case; asked while a temp file keeps the directory. */
    boolean foldsCase() throws IOException {
        return disk.attributes(directory.resolveSibling(RelativePath.STAGING_NAME.toUpperCase(Locale.ROOT)))
                .isPresent();
    }

    /** Forgets a temp file that has been moved to its place. */
    void release(Temp temp) {
        temps.remove(temp);
    }

    /** Closes and deletes a temp file. */
    void discard(Temp temp) throws IOException {
        temps.remove(temp);
        try {
            temp.channel().close();
        } finally {
            disk.delete(temp.file());
        }
    }

    /** Discards what is left and removes the directory if nothing of any session is in it. */
    @Override
    public void close() throws IOException {
        IOException failure = null;
        for (Temp temp : Set.copyOf(temps)) {
            try {
                discard(temp);
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
        if (used) {
            used = false;
            disk.deleteIfEmpty(directory);
        }
    }
}
