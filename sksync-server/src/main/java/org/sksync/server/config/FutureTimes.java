package org.sksync.server.config;

/**
 * What becomes of a client's file whose modification time is far ahead of the daemon's clock. Such a file wins over
 * every other copy until that time has come.
 */
public enum FutureTimes {
    /** It is stored, and the log says so. */
    ACCEPTED,
    /** It is left out. */
    REFUSED
}
