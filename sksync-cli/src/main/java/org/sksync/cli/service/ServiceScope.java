package org.sksync.cli.service;

/** Whose service it is. */
public enum ServiceScope {
    /** The machine's: runs from its start on, whoever is logged in. */
    SYSTEM,
    /** One user's: runs from the login on. */
    USER
}
