package org.sksync.files.store;

/** Which modification time a file gets that is brought back. */
public enum RestoredTime {
    /** The given one: with its own, it loses against newer copies at the peers in the next sync. */
    GIVEN,
    /**
     * The given one, or one later than that of the file that it replaces, whatever the clock of that one's writer said:
     * so it wins at the peers in the next sync.
     */
    NEWEST;

    /** Peers on disks that keep even seconds alone see the difference too. */
    static final long MARGIN_MILLIS = 2000;
}
