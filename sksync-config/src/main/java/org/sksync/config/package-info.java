/**
 * Reads {@code sksync.json} into typed, validated settings, keeps its users, and keeps the fingerprints of the servers
 * that a client has met. Everything that a person wrote and got wrong leaves this package as a
 * {@link org.sksync.config.ConfigException} of one sentence.
 */
@NullMarked
package org.sksync.config;

import org.jspecify.annotations.NullMarked;
