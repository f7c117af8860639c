package org.sksync.client.report;

import java.util.Optional;
import org.sksync.files.scan.SkippedFile;
import org.sksync.transport.tls.Fingerprint;

/** Hears how a sync gets on; where nothing else is said on the connection's thread, so it must not block. */
public interface SyncListener {

    /** Hears nothing. */
    SyncListener NONE = new SyncListener() {};

    /**
     * The server has asked for a file. So much will be sent in all at the most, with what was sent already.
     *
     * @param files how many files; {@link Integer#MAX_VALUE} where that can't be told
     * @param bytes their lengths together, as they were listed; {@link Long#MAX_VALUE} where that can't be told
     */
    default void sendsAtMost(int files, long bytes) {}

    /**
     * A file begins to go.
     *
     * @param name its name with slashes
     * @param bytes its length
     */
    default void going(String name, long bytes) {}

    /**
     * A file begins to come.
     *
     * @param name its name with slashes
     * @param bytes its length
     * @param modifiedMillis the time that it will have, in milliseconds since 1970
     */
    default void coming(String name, long bytes, long modifiedMillis) {}

    /** A file arrived and is in its place. */
    default void received(String name, long bytes) {}

    /** A file was handed to the server. */
    default void sent(String name, long bytes) {}

    /** Some bytes of a file came or went. */
    default void moved(int bytes) {}

    /** A file takes no part, or arrived without its time; each is told of once. */
    default void skipped(SkippedFile file) {}

    /**
     * The server is the one that it should be, as far as TLS and the login tell: it has answered the greeting, and
     * nothing but the login was sent yet. Called for each connection of the sync, on a thread that may block.
     *
     * @param server the certificate that it showed; empty on a plain connection
     * @throws SyncFailedException if the listener knows better; the session ends
     */
    default void established(Optional<Fingerprint> server) throws SyncFailedException {}
}
