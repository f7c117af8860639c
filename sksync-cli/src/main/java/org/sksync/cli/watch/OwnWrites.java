package org.sksync.cli.watch;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the last sync has put into the folder. A file that is as the sync has left it was not changed by anybody else,
 * though there are events of it. Thread-safe.
 */
public final class OwnWrites {

    private final Map<String, State> files = new ConcurrentHashMap<>();

    /**
     * What a file is told from another one by.
     *
     * @param bytes its length
     * @param modifiedMillis its time, in milliseconds since 1970
     */
    public record State(long bytes, long modifiedMillis) {}

    /** Forgets what earlier syncs have left: a new one begins. */
    public void began() {
        files.clear();
    }

    /** Takes note of a file that comes, by its name with slashes, and how it will be once it is in its place. */
    public void coming(String name, State state) {
        files.put(name, state);
    }

    /** Returns whether the last sync has left the file just so. */
    public boolean left(String name, State state) {
        return state.equals(files.get(name));
    }
}
