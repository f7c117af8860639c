package org.sksync.files.store;

/** When a received file is forced to the disk, so that a loss of power can't undo it (docs/adr/0018). */
public enum Durability {
    /**
     * Never. The order of the steps still keeps files whole when a process dies, but after a loss of power a file may be
     * empty or torn, with a time that makes it look good.
     */
    OFF,
    /**
     * Before it takes its place, together with others that have arrived meanwhile; the directories by
     * {@link TreeStore#makeDurable}. After a loss of power each path holds its complete old or its complete new content.
     */
    BATCH,
    /** As {@link #BATCH}, but each file by itself, and its directory with it: what is stored is durable. */
    EACH;

    boolean forcesFiles() {
        return this != OFF;
    }
}
