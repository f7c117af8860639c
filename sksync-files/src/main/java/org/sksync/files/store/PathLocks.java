package org.sksync.files.store;

import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Locks for paths, shared by all the sessions of a process: between the last look at a target and the rename over it no
 * other session may move. Striped, so two paths may share a lock; hold one at a time. Thread-safe.
 */
public final class PathLocks {
    private static final int STRIPES = 256;

    private final Lock[] stripes = new Lock[STRIPES];

    /** Creates a set of locks, none of them held. */
    public PathLocks() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    /** Returns the lock of an absolute path; spellings that some disk takes for the same file have the same lock. */
    Lock lockFor(Path path) {
        String folded = Normalizer.normalize(path.toString(), Normalizer.Form.NFC)
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
        return stripes[Math.floorMod(folded.hashCode(), STRIPES)];
    }
}
