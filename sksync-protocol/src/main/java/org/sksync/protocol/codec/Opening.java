package org.sksync.protocol.codec;

/** What a client opens a connection with. */
public enum Opening {
    /** An SRP-6a login, then the greeting. */
    LOGIN,
    /** The greeting at once. */
    GREETING
}
