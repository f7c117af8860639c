package org.sksync.testkit.faults;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;

/** What a system answers when a call into a file system fails, in the form that Java gives it. */
public enum DiskError {
    /** The disk is broken. */
    EIO("Input/output error"),
    /** The disk is full. */
    ENOSPC("No space left on device"),
    /** It is not allowed. */
    EACCES("Permission denied"),
    /** The disk is mounted for reading. */
    EROFS("Read-only file system"),
    /** The process has too many files open. */
    EMFILE("Too many open files"),
    /** The user has used up what he may. */
    EDQUOT("Disk quota exceeded"),
    /** A link stands where none is followed. */
    ELOOP("Too many levels of symbolic links");

    private final String words;

    DiskError(String words) {
        this.words = words;
    }

    /** Returns the error of a call that names a file. */
    IOException of(String file) {
        return this == EACCES ? new AccessDeniedException(file) : new FileSystemException(file, null, words);
    }

    /** Returns the error of a call on something open, which has no name. */
    IOException ofOpen() {
        return new IOException(words);
    }
}
