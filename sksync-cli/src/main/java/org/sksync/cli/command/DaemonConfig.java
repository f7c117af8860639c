package org.sksync.cli.command;

import java.util.List;
import java.util.Optional;
import org.sksync.config.ServerSettings;
import org.sksync.server.config.ServerConfig;
import org.sksync.transport.tls.Fingerprint;
import org.sksync.transport.tls.TlsIdentity;

/**
 * A configuration that a daemon can go by.
 *
 * @param settings what was read
 * @param tls the certificates and keys that it names
 * @param server what was made of it
 * @param warnings what its owner should know of it, one sentence each
 */
record DaemonConfig(ServerSettings settings, Optional<DaemonTls> tls, ServerConfig server, List<String> warnings) {

    DaemonConfig {
        warnings = List.copyOf(warnings);
    }

    /** Returns that of the certificate that the daemon shows; empty without TLS. */
    Optional<Fingerprint> fingerprint() {
        return tls.map(DaemonTls::identity).map(TlsIdentity::fingerprint);
    }
}
