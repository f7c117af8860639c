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
import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.SkipReason;

/**
 * One session's part of the staging directory: temp files on the file system of the tree, out of everyone's sight.
 *
 * <p>Sessions share the directory. Each makes it when it needs it and removes it when nothing is left in it, so it can
 * vanish between two steps of another session, which then makes it anew. What lies there of sessions that live it never
 * touches; what dead ones have left it removes when it comes first ({@link TempSweep}).
 *
 * <p>One thread may create temp files while another one takes them to their places.
 */
final class Staging implements Closeable {
    /** The directory as it was opened, and the sign in it that this session lives. */
    private record Home(HeldDirectory directory, TempLock lock) {
        String newPart(SecureRandom random) {
            return TempName.part(lock.token(), random);
        }
    }

    /** A file in the directory that is to go elsewhere. */
    static final class Temp {
        private final Home home;
        private final Path name;
        private final Optional<FileChannel> channel;

        private Temp(Home home, Path name, Optional<FileChannel> channel) {
            this.home = home;
            this.name = name;
            this.channel = channel;
        }

        HeldDirectory directory() {
            return home.directory();
        }

        Path name() {
            return name;
        }

        /** Returns where to write to; one that was linked is never written to. */
        FileChannel channel() {
            return channel.orElseThrow();
        }
    }

    private static final int ATTEMPTS = 100;

    private final HeldDirectory root;
    private final Optional<Path> listed;
    private final Path name;
    private final PathLocks locks;
    private final SecureRandom random;
    private final Clock clock;
    private final Set<Temp> temps = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Home current;
    private boolean proven;
    private volatile Optional<Boolean> foldsCase = Optional.empty();

    /**
     * Prepares the staging of a tree; creates nothing.
     *
     * @param root the directory of the tree
     * @param listed the directory that contains it, if the way from there to the root may be anybody's to change
     */
    Staging(HeldDirectory root, Optional<Path> listed, PathLocks locks, SecureRandom random, Clock clock)
            throws IOException {
        this.root = root;
        this.listed = listed;
        this.name = root.name(RelativePath.STAGING_NAME);
        this.locks = locks;
        this.random = random;
        this.clock = clock;
    }

    /** Creates an empty file with a name that can't be guessed, which only its owner may read and write. */
    synchronized Temp create() throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                Home known = current;
                // A vanished one shows by the error; to look each time costs as much as the file.
                boolean trusted = attempt == 1
                        && known != null
                        && proven
                        && known.directory().isPinned();
                Home home = trusted ? Objects.requireNonNull(known) : home();
                home.directory().restrict();
                Path file = home.directory().name(home.newPart(random));
                Temp temp = new Temp(home, file, Optional.of(home.directory().create(file)));
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

    /** Gives a file of the tree a second name here; to be called while a temp file is open. */
    synchronized Temp link(HeldDirectory from, Path file, BasicFileAttributes known) throws IOException {
        Home home = home();
        Path made = home.directory().name(home.newPart(random));
        from.link(file, known, home.directory(), made);
        Temp temp = new Temp(home, made, Optional.empty());
        temps.add(temp);
        return temp;
    }

    /**
     * Makes a directory of the tree: here, where nobody else comes, and then moved to its place. Does nothing if that
     * is taken.
     *
     * <p>To be called while a temp file is open: with it the directory was shown to be this user's.
     *
     * @param parent where it is to be
     */
    synchronized void createDirectory(HeldDirectory parent, Path wanted) throws IOException {
        Home home = home();
        Path made = home.directory().name(TempName.dir(home.lock().token(), random));
        home.directory().createDirectory(made);
        moveNew(home.directory(), made, parent, wanted);
    }

    private static void moveNew(HeldDirectory from, Path made, HeldDirectory parent, Path wanted) throws IOException {
        Failures failures = new Failures();
        try {
            // A rename replaces an empty directory without a word.
            if (parent.attributes(wanted).isEmpty()) {
                from.move(made, parent, wanted);
                return;
            }
        } catch (IOException e) {
            if (parent.attributes(wanted).filter(HeldDirectory::isDirectory).isEmpty()) {
                failures.add(e);
            }
        }
        failures.run(() -> from.deleteDirectoryIfEmpty(made));
        failures.rethrow();
    }

    /** Returns the directory, made and opened where it is not, or is no longer what was opened. */
    private Home home() throws IOException {
        Home known = current;
        if (known != null) {
            if (root.holds(name, known.directory())) {
                return known;
            }
            current = null;
            closeUnused(known);
        }
        boolean made = makeDirectory();
        HeldDirectory opened = root.open(name);
        try {
            if (!made) {
                opened.restrict();
                sweep(opened);
            }
            Home home = new Home(opened, TempLock.create(opened, locks));
            proven = made;
            current = home;
            return home;
        } catch (IOException e) {
            opened.close();
            throw e;
        }
    }

    /** Removes what the dead have left; what can't be removed now is there the next time. */
    private void sweep(HeldDirectory opened) {
        try {
            new TempSweep(opened, locks, clock.instant()).run();
        } catch (IOException e) {
            return;
        }
    }

    /** Looks whether a directory that was found is this user's: whose file a new one is, that one this user is. */
    private void requireOurs(Temp temp) throws IOException {
        if (proven) {
            return;
        }
        Failures failures = new Failures();
        failures.run(() -> {
            if (!temp.directory().ownsToo(temp.name())) {
                throw new SkippedFileException(
                        SkipReason.PERMISSION,
                        "the directory " + RelativePath.STAGING_NAME
                                + " belongs to another user: run this as that user");
            }
            proven = true;
        });
        if (!proven) {
            failures.run(() -> discard(temp));
        }
        failures.rethrow();
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
                Staging above = new Staging(top, Optional.empty(), locks, random, clock)) {
            Temp proof = above.create();
            Path made = proof.directory().name(TempName.dir(proof.home.lock().token(), random));
            proof.directory().createOwnerOnlyDirectory(made);
            moveNew(proof.directory(), made, root, name);
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

    /** Finds out, once, whether this file system knows a name in another case; to be called while a temp file is open. */
    void learnCase() throws IOException {
        if (foldsCase.isEmpty()) {
            foldsCase = Optional.of(root.attributes(root.name(RelativePath.STAGING_NAME.toUpperCase(Locale.ROOT)))
                    .isPresent());
        }
    }

    /** Returns whether this file system knows a name in another case, as far as that was found out. */
    boolean foldsCase() {
        return foldsCase.orElse(false);
    }

    /** Forgets a temp file that has been moved to its place. */
    void release(Temp temp) {
        temps.remove(temp);
        if (temp.home.equals(current)) {
            return;
        }
        try {
            closeUnused(temp.home);
        } catch (IOException e) {
            // The file is where it belongs; the sign of life that could not be removed is for a later sweep.
            return;
        }
    }

    /** Closes and deletes a temp file. */
    synchronized void discard(Temp temp) throws IOException {
        if (!temps.remove(temp)) {
            return;
        }
        Failures failures = new Failures();
        temp.channel.ifPresent(channel -> failures.run(channel::close));
        failures.run(() -> temp.directory().delete(temp.name()));
        failures.run(() -> closeUnused(temp.home));
        failures.rethrow();
    }

    /** Leaves a directory that was replaced by another one, once no temp file is in it. */
    private synchronized void closeUnused(Home home) throws IOException {
        if (!Objects.equals(home, current) && temps.stream().noneMatch(temp -> temp.home.equals(home))) {
            close(home);
        }
    }

    private static void close(Home home) throws IOException {
        try (HeldDirectory directory = home.directory()) {
            home.lock().release(directory);
        }
    }

    /** Discards what is left and removes the directory if nothing of any session is in it. */
    @Override
    public synchronized void close() throws IOException {
        Failures failures = new Failures();
        for (Temp temp : Set.copyOf(temps)) {
            failures.run(() -> discard(temp));
        }
        Home last = current;
        current = null;
        if (last != null) {
            failures.run(() -> close(last));
            failures.run(() -> root.deleteDirectoryIfEmpty(name));
        }
        failures.rethrow();
    }
}
