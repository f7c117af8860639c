package org.sksync.files.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.RelativePath;

/**
 * The files that one session replaces, kept in {@code .sksync/replaced/<date-time>/<path>}.
 *
 * <p>A file gets a second name in the staging directory, which is moved to where it is kept; so its path holds it, whole,
 * until the new one is renamed over it. Where the disk has no second names it is copied.
 */
final class KeptFiles implements Closeable {
    /** The directory of all that is kept, in the staging directory. */
    static final String NAME = "replaced";

    private static final int ATTEMPTS = 100;

    private final TreePaths paths;
    private final Staging staging;
    private final Clock clock;
    private @Nullable Stamp stamp;

    /** Prepares the keeping; creates nothing. */
    KeptFiles(HeldDirectory top, PlatformNames names, Staging staging, Clock clock) {
        this.paths = new TreePaths(top, names, GuardedNames.NONE);
        this.staging = staging;
        this.clock = clock;
    }

    /** Returns the parts of the directory that a kept file lies in, from the root of the tree on. */
    static List<String> directoryOf(Stamp stamp, RelativePath path) {
        List<String> parts = new ArrayList<>(List.of(RelativePath.STAGING_NAME, NAME, stamp.text()));
        List<String> own = path.parts();
        parts.addAll(own.subList(0, own.size() - 1));
        return parts;
    }

    /**
     * Keeps a file that is about to be replaced; to be called while a temp file is open.
     *
     * @param old what is there
     * @param changed told the text of each directory that got an entry
     * @throws FileChangedException if it is changed meanwhile
     * @throws SkippedFileException if it can't be kept, with the reason of the disk
     */
    void keep(TreePaths.Place place, BasicFileAttributes old, RelativePath path, Consumer<String> changed)
            throws IOException {
        try {
            Staging.Temp kept = linkOrCopy(place, old);
            try {
                moveToItsPlace(kept, path, changed);
            } catch (IOException e) {
                Failures failures = new Failures();
                failures.add(e);
                failures.run(() -> staging.discard(kept));
                failures.rethrow();
            }
        } catch (FileChangedException e) {
            throw e;
        } catch (IOException e) {
            SkippedFileException why = new SkippedFileException(
                    DiskProblem.of(e), "the old file can't be kept: " + DiskProblem.describe(e));
            why.initCause(e);
            throw why;
        }
    }

    private Staging.Temp linkOrCopy(TreePaths.Place place, BasicFileAttributes old) throws IOException {
        try {
            return staging.link(place.directory(), place.name(), old);
        } catch (FileSystemException e) {
            // The disk has no second names, or not for this file; whatever else it is the copy meets it too.
            return copy(place, old);
        }
    }

    private Staging.Temp copy(TreePaths.Place place, BasicFileAttributes old) throws IOException {
        HeldDirectory directory = place.directory();
        Staging.Temp temp = staging.create();
        try (FileChannel from = directory.openForReading(place.name())) {
            Copying.all(from, temp.channel(), old.size());
            if (directory
                    .attributes(place.name())
                    .filter(now -> HeldDirectory.isSame(old, now))
                    .isEmpty()) {
                throw new FileChangedException("the file is being changed");
            }
            temp.directory()
                    .setModificationTime(temp.name(), old.lastModifiedTime().toMillis());
            directory.copyPermissions(place.name(), temp.directory(), temp.name());
            temp.channel().force(true);
            temp.channel().close();
            return temp;
        } catch (IOException e) {
            Failures failures = new Failures();
            failures.add(e);
            failures.run(() -> staging.discard(temp));
            failures.rethrow();
            throw e;
        }
    }

    private void moveToItsPlace(Staging.Temp kept, RelativePath path, Consumer<String> changed) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                List<String> parts = directoryOf(stamp(changed), path);
                HeldDirectory directory = paths.create(parts, path.text(), staging, changed);
                Path name = directory.name(path.name());
                if (directory.attributes(name).isEmpty()) {
                    kept.directory().move(kept.name(), directory, name);
                    changed.accept(String.join("/", parts));
                    staging.release(kept);
                    return;
                }
                stamp = stamp(changed).next();
            } catch (NoSuchFileException e) {
                // Whoever removes old files found a directory empty that this one was to come into.
                if (attempt == ATTEMPTS
                        || kept.directory().attributes(kept.name()).isEmpty()) {
                    throw e;
                }
            }
            if (attempt == ATTEMPTS) {
                throw new FileSystemException(path.toString(), null, "too many versions of one second are kept");
            }
        }
    }

    /** Returns the directory of this session: one that no other session has, as far as one can see. */
    private Stamp stamp(Consumer<String> changed) throws IOException {
        Stamp known = stamp;
        if (known != null) {
            return known;
        }
        Stamp free = Stamp.first(clock.instant());
        HeldDirectory all = paths.create(List.of(RelativePath.STAGING_NAME, NAME), NAME, staging, changed);
        while (all.attributes(all.name(free.text())).isPresent()) {
            free = free.next();
        }
        stamp = free;
        return free;
    }

    /** Returns where a kept file is; the directory stays open until the next call. */
    TreePaths.Place place(Stamp when, RelativePath path) throws IOException {
        HeldDirectory directory = paths.directory(String.join("/", directoryOf(when, path)));
        return new TreePaths.Place(directory, directory.name(path.name()));
    }

    /** Returns what is kept, as far as it has names that a tree can have. */
    Optional<HeldDirectory> all() throws IOException {
        try {
            return Optional.of(paths.directory(RelativePath.STAGING_NAME + "/" + NAME));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        paths.close();
    }
}
