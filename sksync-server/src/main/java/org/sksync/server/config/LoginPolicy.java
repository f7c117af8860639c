package org.sksync.server.config;

/** Whether a client must log in. */
public enum LoginPolicy {
    /** A client that opens with anything but a login is refused. */
    REQUIRED,
    /** A client may log in; a login that fails is refused all the same. */
    OPTIONAL
}
