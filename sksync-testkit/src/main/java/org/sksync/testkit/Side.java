package org.sksync.testkit;

/** End of a recorded session that spoke. */
public enum Side {
    /** The end that connected. */
    CLIENT,
    /** The end that listened. */
    SERVER;

    /** Returns the end that this one talks to. */
    public Side other() {
        return this == CLIENT ? SERVER : CLIENT;
    }
}
