package org.sksync.transport.connection;

/**
 * The event of a pipeline whose peer was too slow.
 *
 * @param how what it did too slowly, as the rest of a sentence that begins with who it is
 */
public record PeerTooSlow(String how) {}
