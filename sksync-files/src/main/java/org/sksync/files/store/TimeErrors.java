package org.sksync.files.store;

/** What becomes of a received file whose modification time can't be set (protocol: sksync.json, ignore_time_errors). */
public enum TimeErrors {
    /** It is not stored. */
    FAIL,
    /** It is stored with the time that it has. */
    IGNORE
}
