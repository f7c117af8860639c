package org.sksync.cli.broken.server;

import org.sksync.cli.broken.client.BesideServer;

/** The server knows the client. */
public record BesideClient(BesideServer client) {}
