package org.sksync.server.config;

import io.netty.handler.ssl.SslContext;
import java.util.Set;
import org.sksync.transport.tls.Fingerprint;

/**
 * The TLS side of a daemon.
 *
 * @param context what it speaks TLS with
 * @param clientAuthorities the certificates that clients' are checked against; empty where clients show none. Whoever
 *     got in by others does not stay
 */
public record ServerTls(SslContext context, Set<Fingerprint> clientAuthorities) {

    /** Copies the set. */
    public ServerTls {
        clientAuthorities = Set.copyOf(clientAuthorities);
    }
}
