package org.sksync.files.store;

/** How a received file was stored. */
public enum CommitResult {
    /** Content and modification time are in place. */
    STORED,
    /** The content is in place; the disk keeps another modification time, by a second or more. */
    STORED_TIME_NOT_KEPT
}
