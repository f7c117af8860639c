package org.sksync.files.access;

/** What a client may do in a directory. */
public enum AccessRight {
    /** Nothing at all. */
    NONE(false, false),
    /** Files may be fetched from it. */
    READ(true, false),
    /** Files may be put into it. */
    WRITE(false, true),
    /** Both. */
    READ_WRITE(true, true);

    private final boolean mayRead;
    private final boolean mayWrite;

    AccessRight(boolean mayRead, boolean mayWrite) {
        this.mayRead = mayRead;
        this.mayWrite = mayWrite;
    }

    /** Returns whether files may leave the directory. */
    public boolean mayRead() {
        return mayRead;
    }

    /** Returns whether files may be created or replaced in the directory. */
    public boolean mayWrite() {
        return mayWrite;
    }

    /** Returns what both allow. */
    public AccessRight and(AccessRight other) {
        boolean read = mayRead && other.mayRead;
        boolean write = mayWrite && other.mayWrite;
        if (read) {
            return write ? READ_WRITE : READ;
        }
        return write ? WRITE : NONE;
    }
}
