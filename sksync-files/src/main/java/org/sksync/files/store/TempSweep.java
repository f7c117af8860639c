package org.sksync.files.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The removal of what dead processes have left in a staging directory, and of nothing else.
 *
 * <p>A temp file is a dead one's if the lock file with its token can be locked, or, within this process, if its session
 * is over. One without a lock file is of version 0.1, or its owner died in between: it goes when it is a day old. Its
 * access time tells how old it is: the modification time is the one that the file is to have.
 */
final class TempSweep {
    private static final Duration ENOUGH = Duration.ofDays(1);

    private record Found(Path name, TempName meaning) {}

    private final HeldDirectory directory;
    private final PathLocks locks;
    private final Instant now;
    private int removed;

    TempSweep(HeldDirectory directory, PathLocks locks, Instant now) {
        this.directory = directory;
        this.locks = locks;
        this.now = now;
    }

    /**
     * Removes what can be removed.
     *
     * @throws IOException if something could not be removed; the rest was nevertheless
     */
    void run() throws IOException {
        Map<String, List<Found>> owned = new HashMap<>();
        List<Found> old = new ArrayList<>();
        directory.list(name -> TempName.parse(name.toString()).ifPresent(meaning -> {
            List<Found> group = meaning.token()
                    .map(token -> owned.computeIfAbsent(token, added -> new ArrayList<>()))
                    .orElse(old);
            group.add(new Found(name, meaning));
        }));
        Failures failures = new Failures();
        failures.run(() -> removeAged(old));
        for (Map.Entry<String, List<Found>> group : owned.entrySet()) {
            failures.run(() -> sweep(group.getKey(), group.getValue()));
        }
        failures.rethrow();
    }

    /** Returns how many files and directories were removed. */
    int removed() {
        return removed;
    }

    private void sweep(String token, List<Found> group) throws IOException {
        Optional<Found> lock = group.stream()
                .filter(found -> found.meaning().kind() == TempName.Kind.LOCK)
                .findFirst();
        if (locks.isOfThisProcess(token)) {
            if (locks.isOver(token)) {
                remove(group);
            }
        } else if (lock.isEmpty()) {
            removeAged(group);
        } else if (isFile(lock.get())) {
            try (FileChannel file = directory.openForLocking(lock.get().name())) {
                if (TempLock.isFree(file)) {
                    remove(group);
                }
            }
        }
    }

    private boolean isFile(Found found) throws IOException {
        return directory
                .attributes(found.name())
                .filter(BasicFileAttributes::isRegularFile)
                .isPresent();
    }

    private void removeAged(List<Found> group) throws IOException {
        for (Found found : group) {
            Optional<BasicFileAttributes> attributes = directory.attributes(found.name());
            if (attributes.isPresent()
                    && attributes.get().lastAccessTime().toInstant().isBefore(now.minus(ENOUGH))) {
                remove(found);
            }
        }
    }

    /** Removes what belongs together, the lock file last: what is left behind by an error stays a dead one's. */
    private void remove(List<Found> group) throws IOException {
        for (TempName.Kind kind : List.of(TempName.Kind.PART, TempName.Kind.DIR, TempName.Kind.LOCK)) {
            for (Found found : group) {
                if (found.meaning().kind() == kind) {
                    remove(found);
                }
            }
        }
    }

    private void remove(Found found) throws IOException {
        if (found.meaning().kind() == TempName.Kind.DIR) {
            directory.deleteDirectoryIfEmpty(found.name());
        } else {
            directory.delete(found.name());
        }
        removed++;
    }
}
