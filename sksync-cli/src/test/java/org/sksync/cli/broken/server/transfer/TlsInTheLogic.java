package org.sksync.cli.broken.server.transfer;

import io.netty.handler.ssl.SslContext;

/** Holds a TLS context outside of a configuration. */
record TlsInTheLogic(SslContext tls) {}
