package org.sksync.server.transfer;

import org.sksync.protocol.srp.FakeVerifiers;
import org.sksync.server.config.ServerConfig;

/**
 * What a session goes by from its connection to its end, whatever comes into force meanwhile.
 *
 * @param config what the daemon was told
 * @param fakes verifiers for users that do not exist
 */
public record SessionTerms(ServerConfig config, FakeVerifiers fakes) {}
