package org.sksync.files.path;

/** What happens to a client that asks for a directory outside the allowed ones (protocol: sksync.json). */
public enum OutsidePolicy {
    /** The request is refused ({@code deny}). */
    DENY,
    /** The first allowed directory is synced instead ({@code silent}). */
    SILENT
}
