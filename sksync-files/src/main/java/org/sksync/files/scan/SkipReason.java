package org.sksync.files.scan;

/** Why one file, or what lies in one directory, took no part in a sync that otherwise went on. */
public enum SkipReason {
    /** The name can't be carried by the wire or stored on this platform. */
    NAME,
    /** The name, or a part of it, is longer than the disk allows. */
    TOO_LONG,
    /** A part of the path is a symbolic link, which is never followed or replaced. */
    LINK,
    /** Something other than a regular file has this name, or something other than a directory is in the way. */
    NOT_A_FILE,
    /** The file or directory may not be read or written. */
    PERMISSION,
    /** The file system is mounted read-only. */
    READ_ONLY,
    /** The disk is full, or a quota is used up. */
    NO_SPACE,
    /** The file is not what it was when it was listed or opened. */
    CHANGED,
    /** The file is gone. */
    VANISHED,
    /** The modification time can't be kept by the disk, or can't be told to a peer. */
    TIME,
    /** It is one of the files that this program goes by itself, which no sync reads or replaces. */
    GUARDED,
    /** The peer sent it although the terms of the sync forbid it. */
    REFUSED,
    /** Any other trouble with the disk; the detail tells. */
    OTHER
}
