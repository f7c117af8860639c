package org.sksync.testkit.faults;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A disk around another one that fails on demand, and that knows what is open on it. Paths made by {@link #on} go through
 * it, and all that comes from them. Thread-safe.
 */
public final class FaultyDisk {
    /** For how long a disk fails. */
    public enum Span {
        /** Once. */
        ONE_CALL,
        /** Until it is healed. */
        FROM_THEN_ON
    }

    /** What happens on the disk at a moment of one's choice. */
    @FunctionalInterface
    public interface Interference {
        void happen() throws IOException;
    }

    private static final Interference NONE = () -> {};

    private final Set<Object> open = ConcurrentHashMap.newKeySet();
    private final FaultyFileSystem fileSystem;
    private Set<DiskCall> kinds = EnumSet.noneOf(DiskCall.class);
    private DiskError error = DiskError.EIO;
    private Span span = Span.ONE_CALL;
    private long left;
    private long failures;
    private String failed = "nothing";
    private Interference interference = NONE;

    /** Puts a disk around another one; it does not fail yet. */
    public FaultyDisk(FileSystem disk) {
        this.fileSystem = new FaultyFileSystem(this, disk);
    }

    /** Returns a path of the other disk as one of this. */
    public Path on(Path path) {
        return fileSystem.wrap(path);
    }

    /**
     * Fails from now on the nth call of some kinds.
     *
     * @param nth counted from 1
     */
    public synchronized void fail(Set<DiskCall> calls, long nth, DiskError how, Span howLong) {
        kinds = EnumSet.copyOf(calls);
        left = nth;
        error = how;
        span = howLong;
        failures = 0;
        failed = "nothing";
    }

    /**
     * Lets something happen right before the nth call of some kinds, which does not fail by that.
     *
     * @param nth counted from 1
     * @param what is done by paths of the disk inside
     */
    public synchronized void before(Set<DiskCall> calls, long nth, Interference what) {
        kinds = EnumSet.copyOf(calls);
        left = nth;
        interference = what;
    }

    /** Fails no more, and returns how many calls have failed. */
    public synchronized long heal() {
        kinds = EnumSet.noneOf(DiskCall.class);
        return failures;
    }

    /** Returns the first call that has failed, for the message of a test. */
    public synchronized String failed() {
        return failed;
    }

    /** Returns how many files and directories are open. */
    public int openHandles() {
        return open.size();
    }

    <T> T opened(T handle) {
        open.add(handle);
        return handle;
    }

    void closed(Object handle) {
        open.remove(handle);
    }

    /** Counts a call that names a file, and fails it if it is its turn. */
    void call(DiskCall kind, Object file) throws IOException {
        if (isTurn(kind, file)) {
            throw error.of(file.toString());
        }
    }

    /** Counts a call on something open, and fails it if it is its turn. */
    void callOpen(DiskCall kind) throws IOException {
        if (isTurn(kind, "")) {
            throw error.ofOpen();
        }
    }

    private synchronized boolean isTurn(DiskCall kind, Object file) throws IOException {
        if (!kinds.contains(kind)) {
            return false;
        }
        left--;
        if (!interference.equals(NONE)) {
            if (left == 0) {
                interference.happen();
            }
            return false;
        }
        boolean turn = left == 0 || (left < 0 && span == Span.FROM_THEN_ON);
        if (turn && failures++ == 0) {
            failed = kind + " " + file;
        }
        return turn;
    }
}
