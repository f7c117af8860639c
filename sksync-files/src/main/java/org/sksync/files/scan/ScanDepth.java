package org.sksync.files.scan;

/** How far down a listing reaches (protocol: session, the recursion flag). */
public enum ScanDepth {
    /** The directory and all below it. */
    TREE,
    /** The files directly in the directory. */
    TOP_LEVEL
}
