package org.sksync.files.store;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.RelativePath;
import org.sksync.files.path.ResolvedRoot;

/**
 * The files of one directory that were kept when others replaced them: {@code .sksync/replaced/<date-time>/<path>}. All
 * methods block, on any thread; nothing is held open between them.
 */
public final class ReplacedFiles {
    /**
     * What was removed.
     *
     * @param files how many files
     * @param bytes their length altogether
     */
    public record Pruned(long files, long bytes) {
        /** Nothing. */
        public static final Pruned NOTHING = new Pruned(0, 0);

        /** Returns this and the other together. */
        public Pruned plus(Pruned other) {
            return new Pruned(files + other.files, bytes + other.bytes);
        }
    }

    private static final KeepReplaced ALWAYS = new KeepReplaced(Duration.ofDays(1), Long.MAX_VALUE);

    private final ResolvedRoot root;
    private final PlatformNames names;
    private final PathLocks locks;
    private final SecureRandom random;
    private final Clock clock;

    private ReplacedFiles(ResolvedRoot root, PlatformNames names, PathLocks locks, SecureRandom random, Clock clock) {
        this.root = Objects.requireNonNull(root, "root");
        this.names = Objects.requireNonNull(names, "names");
        this.locks = Objects.requireNonNull(locks, "locks");
        this.random = Objects.requireNonNull(random, "random");
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * Returns the replaced files of a directory; touches nothing.
     *
     * @param root the directory, as sessions sync it: each keeps in the one that it was asked for
     * @param names the rules for names
     * @param locks shared by all the stores of the process
     * @param random names the temp files
     * @param clock names the directory of what {@link #restore} replaces
     */
    public static ReplacedFiles of(
            ResolvedRoot root, PlatformNames names, PathLocks locks, SecureRandom random, Clock clock) {
        return new ReplacedFiles(root, names, locks, random, clock);
    }

    /**
     * Returns what is kept, by path, the newest version of each first.
     *
     * @param below the file, or the directory of files, that is asked for; empty for all
     * @throws IOException if the directory or what is kept in it can't be read
     */
    public List<ReplacedVersion> list(Optional<RelativePath> below) throws IOException {
        List<ReplacedVersion> found = new ArrayList<>();
        try (TreeStore store = open()) {
            Optional<HeldDirectory> kept = store.kept();
            if (kept.isPresent()) {
                KeptWalk.all(
                        kept.get(), () -> false, KeptWalk.Empty.LEFT, (stamp, text, directory, name, attributes) -> {
                            Optional<RelativePath> path = path(text, below);
                            path.ifPresent(named -> found.add(new ReplacedVersion(
                                    named,
                                    stamp.when(),
                                    attributes.size(),
                                    attributes.lastModifiedTime().toMillis(),
                                    stamp.text())));
                        });
            }
        }
        found.sort(Comparator.comparing(ReplacedVersion::path)
                .thenComparing(version -> Stamp.parse(version.id()).orElseThrow(), Comparator.reverseOrder()));
        return found;
    }

    private Optional<RelativePath> path(String text, Optional<RelativePath> below) {
        try {
            RelativePath path = RelativePath.of(text);
            boolean asked = below.isEmpty()
                    || path.equals(below.get())
                    || text.startsWith(below.get().text() + "/");
            return asked && names.whyNotStorable(path).isEmpty() ? Optional.of(path) : Optional.empty();
        } catch (PathRefusedException e) {
            return Optional.empty();
        }
    }

    /**
     * Puts a version back into the tree in one step, as if it had just arrived; what has its name now is kept in its
     * turn, and so is the version. The directory is durable afterwards.
     *
     * @param mtimeMillis a modification time in milliseconds since 1970-01-01 UTC
     * @param time whether that is the one that it gets
     * @throws SkippedFileException if something that is no regular file has its name, or the disk can't keep the time
     * @throws IOException if the version is gone, or the disk fails; the tree stays as it is
     */
    public CommitResult restore(ReplacedVersion version, long mtimeMillis, RestoredTime time) throws IOException {
        try (TreeStore store = open()) {
            return store.restore(Stamp.parse(version.id()).orElseThrow(), version.path(), mtimeMillis, time);
        }
    }

    private TreeStore open() throws IOException {
        return TreeStore.open(
                root,
                names,
                GuardedFiles.NONE,
                locks,
                random,
                clock,
                TimeErrors.FAIL,
                ALWAYS,
                Durability.EACH,
                Forcing.IN_TURN);
    }

    /**
     * Removes what is older than it is to be kept, then the oldest until the rest takes no more than it may, and the
     * directories that are empty then. Removes nothing where keeping is off: what was kept before stays until somebody
     * removes it.
     *
     * @param keep how long and how much
     * @param now the time to judge ages by
     * @throws IOException if something can't be read or removed; the rest was nevertheless
     */
    public Pruned prune(KeepReplaced keep, Instant now) throws IOException {
        try (HeldDirectory top = TreeStore.descend(root)) {
            Path staging = top.name(RelativePath.STAGING_NAME);
            if (top.attributes(staging).filter(HeldDirectory::isDirectory).isEmpty()) {
                return Pruned.NOTHING;
            }
            try (HeldDirectory held = top.open(staging)) {
                return prune(held, keep, now, () -> false);
            }
        }
    }

    static Pruned prune(HeldDirectory staging, KeepReplaced keep, Instant now, BooleanSupplier stopped)
            throws IOException {
        Path name = staging.name(KeptFiles.NAME);
        if (!keep.isOn()
                || staging.attributes(name).filter(HeldDirectory::isDirectory).isEmpty()) {
            return Pruned.NOTHING;
        }
        long[] left = new long[1];
        long[] removed = new long[2];
        try (HeldDirectory kept = staging.open(name)) {
            Instant oldest = now.minus(keep.maxAge());
            KeptWalk.all(kept, stopped, KeptWalk.Empty.REMOVED, (stamp, text, directory, file, attributes) -> {
                if (!stamp.when().isBefore(oldest)) {
                    left[0] += attributes.size();
                } else {
                    remove(directory, file, attributes, removed);
                }
            });
            if (left[0] > keep.maxBytes()) {
                KeptWalk.all(kept, stopped, KeptWalk.Empty.REMOVED, (stamp, text, directory, file, attributes) -> {
                    if (left[0] > keep.maxBytes()) {
                        remove(directory, file, attributes, removed);
                        left[0] -= attributes.size();
                    }
                });
            }
        }
        staging.deleteDirectoryIfEmpty(name);
        return new Pruned(removed[0], removed[1]);
    }

    private static void remove(HeldDirectory directory, Path file, BasicFileAttributes attributes, long[] removed)
            throws IOException {
        directory.delete(file);
        removed[0]++;
        removed[1] += attributes.size();
    }
}
