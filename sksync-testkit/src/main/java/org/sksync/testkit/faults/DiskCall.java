package org.sksync.testkit.faults;

/** The kinds of calls into a file system. */
public enum DiskCall {
    /** Attributes or the real path of something are read. */
    LOOK,
    /** A directory is opened. */
    OPEN_DIRECTORY,
    /** The next entry of a directory is read. */
    LIST,
    /** A file is opened or created. */
    OPEN,
    /** Bytes of a file are read. */
    READ,
    /** Bytes of a file are written. */
    WRITE,
    /** A file or a directory is forced to the disk. */
    FORCE,
    /** A file is locked. */
    LOCK,
    /** Times, permissions or an owner are set. */
    SET,
    /** Something is renamed. */
    MOVE,
    /** Something is deleted. */
    DELETE,
    /** A directory or a link is made. */
    MAKE,
    /** Something open is closed; it is closed then, and an error is told nevertheless. */
    CLOSE
}
