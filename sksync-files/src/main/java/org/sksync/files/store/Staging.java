package org.sksync.files.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
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
import org.jspecify.annotations.Nullable;
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
    /** A temp file that is open for writing, in the directory that it was created in. */
    record Temp(HeldDirectory directory, Path name, FileChannel channel) {}

    private static final int NAME_BYTES = 16;
    private static final String FILE_SUFFIX = ".part";
    private static final String DIRECTORY_SUFFIX = ".dir";
    private static final int ATTEMPTS = 100;

    private final HeldDirectory root;
    private final Optional<Path> listed;
    private final Path name;
    private final SecureRandom random;
    private final Set<Temp> temps = new HashSet<>();
    private @Nullable HeldDirectory current;
    private boolean proven;

    /**
     * Prepares the staging of a tree; creates nothing.
     *
     * @param root the directory of the tree
     * @param listed the directory that contains it, if the way from there to the root may be anybody's to change
     */
    Staging(HeldDirectory root, Optional<Path> listed, SecureRandom random) throws IOException {
        this.root = root;
        this.listed = listed;
        this.name = root.name(RelativePath.STAGING_NAME);
        this.random = random;
    }

    /** Creates an empty file with a name that can't be guessed, which only its owner may read and write. */
    Temp create() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                HeldDirectory directory = directory();
                Path file = directory.name(randomName(FILE_SUFFIX));
                Temp temp = new Temp(directory, file, directory.create(file));
                temps.add(temp);
                requireOurs(temp);
                return temp;
            } catch (NoSuchFileException e) {
                // Another session has just removed the directory.
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /**
     * Makes a directory of the tree: here, where nobody else comes, and then moved to its place. Does nothing if that
     * is taken.
     *
     * <p>To be called while a temp file is open: with it the directory was shown to be this user's.
     *
     * @param parent where it is to be
     */
    void createDirectory(HeldDirectory parent, Path wanted) throws IOException {
        HeldDirectory directory = directory();
        Path made = directory.name(randomName(DIRECTORY_SUFFIX));
        directory.createDirectory(made);
        moveNew(directory, made, parent, wanted);
    }

    private static void moveNew(HeldDirectory from, Path made, HeldDirectory parent, Path wanted) throws IOException {
        try {
            // A rename replaces an empty directory without a word.
            if (parent.attributes(wanted).isEmpty()) {
                from.move(made, parent, wanted);
                return;
            }
        } catch (IOException e) {
            try {
                from.deleteDirectoryIfEmpty(made);
            } catch (IOException onDelete) {
                e.addSuppressed(onDelete);
            }
            throw e;
        }
        from.deleteDirectoryIfEmpty(made);
    }

    /** Returns the directory, made and opened where it is not, or is no longer what was opened. */
    private HeldDirectory directory() throws IOException {
        HeldDirectory known = current;
        if (known != null) {
            if (root.holds(name, known)) {
                known.restrict();
                return known;
            }
            current = null;
            closeUnused(known);
        }
        proven = makeDirectory();
        HeldDirectory opened = root.open(name);
        current = opened;
        if (!proven) {
            opened.restrict();
        }
        return opened;
    }

    /** Looks whether a directory that was found is this user's: whose file a new one is, that one this user is. */
    private void requireOurs(Temp temp) throws IOException {
        if (!proven && !temp.directory().ownsToo(temp.name())) {
            discard(temp);
            throw new SkippedFileException(
                    SkipReason.PERMISSION,
                    "the directory " + RelativePath.STAGING_NAME + " belongs to another user: remove it");
        }
        proven = true;
    }

    /** Returns whether the directory was created, rather than found. */
    private boolean makeDirectory() throws IOException {
        if (root.attributes(name).isEmpty()) {
            try {
                if (listed.isEmpty() || !makeFromAbove(listed.get())) {
                    root.createOwnerOnlyDirectory(name);
                    return true;
                }
            } catch (FileAlreadyExistsException e) {
                // Another session was faster, or an intruder: what is there now is looked at below.
            }
        }
        Optional<BasicFileAttributes> found = root.attributes(name);
        if (found.isPresent() && !HeldDirectory.isDirectory(found.get())) {
            throw new SkippedFileException(
                    SkipReason.NOT_A_FILE, RelativePath.STAGING_NAME + " is no directory: remove it");
        }
        return false;
    }

    /**
     * Makes the directory in the staging of the listed directory, and moves it here: the path to this root may lead
     * elsewhere by now, the one to a listed directory is the operator's. Returns whether that was possible; it is not
     * where this root is another disk, which nobody can swap for a link either, or the listed one may not be written to.
     */
    private boolean makeFromAbove(Path listedRoot) throws IOException {
        try (HeldDirectory top = Disk.of(listedRoot.getFileSystem()).hold(listedRoot);
                Staging above = new Staging(top, Optional.empty(), random)) {
            Temp proof = above.create();
            Path made = proof.directory().name(above.randomName(DIRECTORY_SUFFIX));
            proof.directory().createOwnerOnlyDirectory(made);
            moveNew(proof.directory(), made, root, name);
            above.discard(proof);
            return true;
        } catch (AtomicMoveNotSupportedException e) {
            return false;
        } catch (IOException e) {
            if (DiskProblem.of(e) == SkipReason.PERMISSION || DiskProblem.of(e) == SkipReason.READ_ONLY) {
                return false;
            }
            throw e;
        }
    }

    private String randomName(String suffix) {
        byte[] bytes = new byte[NAME_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes) + suffix;
    }

    /** Returns whether this file system finds a name in another case; asked while a temp file keeps the directory. */
    boolean foldsCase() throws IOException {
        return root.attributes(root.name(RelativePath.STAGING_NAME.toUpperCase(Locale.ROOT)))
                .isPresent();
    }

    /** Forgets a temp file that has been moved to its place. */
    void release(Temp temp) throws IOException {
        temps.remove(temp);
        closeUnused(temp.directory());
    }

    /** Closes and deletes a temp file. */
    void discard(Temp temp) throws IOException {
        if (!temps.remove(temp)) {
            return;
        }
        try {
            temp.channel().close();
        } finally {
            try {
                temp.directory().delete(temp.name());
            } finally {
                closeUnused(temp.directory());
            }
        }
    }

    /** Closes a directory that was replaced by another one, once no temp file is in it. */
    private void closeUnused(HeldDirectory directory) throws IOException {
        if (directory != current && temps.stream().noneMatch(temp -> temp.directory() == directory)) {
            directory.close();
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
        HeldDirectory last = current;
        current = null;
        if (last != null) {
            last.close();
        }
        if (failure != null) {
            throw failure;
        }
        if (last != null) {
            root.deleteDirectoryIfEmpty(name);
        }
    }
}
