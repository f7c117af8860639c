package org.sksync.files.store;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.sksync.files.path.NameFolding;

/**
 * What all the sessions of a process share. Locks for paths: between the last look at a target and the rename over it no
 * other session may move; striped, so two paths may share a lock, and one is held at a time. And the tokens that the
 * temp files of the sessions carry in their names, to tell those of the living from those of the dead. Thread-safe.
 */
public final class PathLocks {
    private static final int STRIPES = 256;

    private static final int TOKEN_BYTES = 4;
    private static final String JVM = hex(new SecureRandom(), 2 * TOKEN_BYTES);

    private final Lock[] stripes = new Lock[STRIPES];
    private final SecureRandom random = new SecureRandom();
    private final String jvmAndOwn = JVM + hex(random, TOKEN_BYTES);
    private final Set<String> live = ConcurrentHashMap.newKeySet();

    /** Creates a set of locks, none of them held. */
    public PathLocks() {
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new ReentrantLock();
        }
    }

    /** Returns the lock of an absolute path; spellings that some disk takes for the same file have the same lock. */
    Lock lockFor(Path path) {
        return stripes[Math.floorMod(NameFolding.hash(path.toString()), STRIPES)];
    }

    /** Returns a token for the temp files of a session that begins; {@link #end} is told when it is over. */
    String begin() {
        String token = jvmAndOwn + hex(random, TOKEN_BYTES);
        live.add(token);
        return token;
    }

    /** Takes note that nobody works with the temp files of a token any more. */
    void end(String token) {
        live.remove(token);
    }

    /** Returns whether the token is of this process, if maybe of other locks than these. */
    boolean isOfThisProcess(String token) {
        return token.startsWith(JVM);
    }

    /** Returns whether the token is of these locks, and of a session that is over. */
    boolean isOver(String token) {
        return token.startsWith(jvmAndOwn) && !live.contains(token);
    }

    private static String hex(SecureRandom random, int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }
}
