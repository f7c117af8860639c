package org.sksync.client;

import java.util.Optional;
import org.sksync.transport.tls.Fingerprint;

/** Hears how a sync gets on, on the connection's thread; it must not block. */
public interface SyncListener {

    /** Hears nothing. */
    SyncListener NONE = new SyncListener() {};

    /** A file arrived and is in its place. */
    default void received(String name, long bytes) {}

    /** A file was handed to the server. */
    default void sent(String name, long bytes) {}

    /** Some bytes of a file came or went. */
    default void moved(int bytes) {}

    /**
     * The server is the one that it should be, as far as TLS and the login tell: it has answered the greeting.
     *
     * @param server the certificate that it showed; empty on a plain connection
     */
    default void established(Optional<Fingerprint> server) {}
}
