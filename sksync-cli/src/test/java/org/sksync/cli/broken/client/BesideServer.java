package org.sksync.cli.broken.client;

import java.util.Optional;
import org.sksync.cli.broken.server.BesideClient;

/** The client knows the server, and so there is a cycle. */
public record BesideServer(Optional<BesideClient> server) {}
