package org.sksync.cli.watch;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the last sync has put into the folder. A file that is as the sync has left it was not changed by anybody else,
 * though there are events of it. Thread-safe.
 */
public final class OwnWrites {

    /** No disk keeps times more roughly: FAT does to two seconds. */
    private static final long ROUGHEST_MILLIS = 2_000;

    private final Map<String, State> offered = new ConcurrentHashMap<>();
    private final Map<String, State> offeredBefore = new ConcurrentHashMap<>();
    private final Map<String, State> kept = new ConcurrentHashMap<>();

    /**
     * What a file is told from another one by.
     *
     * @param bytes its length
     * @param modifiedMillis its time, in milliseconds since 1970
     */
    public record State(long bytes, long modifiedMillis) {

        private boolean isRounded(State exact) {
            return bytes == exact.bytes && Math.abs(modifiedMillis - exact.modifiedMillis) <= ROUGHEST_MILLIS;
        }
    }

    /** Forgets what earlier syncs have left, but for what the last one was offered: a new one begins. */
    public void began() {
        offeredBefore.clear();
        offeredBefore.putAll(offered);
        offered.clear();
        kept.clear();
    }

    /** Takes note of a file that comes, by its name with slashes, and how it should be once it is in its place. */
    public void coming(String name, State state) {
        offered.put(name, state);
    }

    /**
     * Takes note of a file that has come. Its own is what the disk has made of its time, too, as far as a disk rounds; of
     * a file that comes for the second time in a row just so, any time, since it would come forever.
     *
     * @param now how it is in its place; empty if it is not there
     */
    public void came(String name, Optional<State> now) {
        State exact = offered.get(name);
        if (exact == null || now.isEmpty() || now.get().bytes() != exact.bytes()) {
            return;
        }
        if (now.get().isRounded(exact) || exact.equals(offeredBefore.get(name))) {
            kept.put(name, now.get());
        }
    }

    /** Returns whether the last sync has left the file just so. */
    public boolean left(String name, State state) {
        return state.equals(offered.get(name)) || state.equals(kept.get(name));
    }
}
