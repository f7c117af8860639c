package org.sksync.files.store;

/** How a received file was stored. */
public enum CommitResult {
    /** Content and modification time are in place. */
    STORED,
    /** The content is in place; the disk keeps a modification time that is a second or two off, as FAT does. */
    STORED_TIME_ROUNDED,
    /** The content is in place; the disk keeps a modification time that is further off. */
    STORED_TIME_NOT_KEPT
}
