package org.sksync.client;

/** Hears how a sync gets on, on the connection's thread; it must not block. */
public interface SyncListener {

    /** Hears nothing. */
    SyncListener NONE = new SyncListener() {};

    /** A file arrived and is in its place. */
    default void received(String name, long bytes) {}

    /** A file was handed to the server. */
    default void sent(String name, long bytes) {}

    /** The server is the one it should be, as far as TLS and the login tell: it has answered the greeting. */
    default void established() {}
}
