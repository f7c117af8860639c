package org.sksync.config;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The PEM files that a side of a TLS connection uses, as written in the file: a relative path counts from the working
 * directory. What they mean differs by side (protocol: sksync.json).
 *
 * @param serverCertificate {@code ssl_server_certfile}; server: its certificate; client: what the server's is checked
 *     against
 * @param serverKey {@code ssl_server_keyfile}; server: the key of its certificate, empty when the certificate's file
 *     holds it too
 * @param clientCertificate {@code ssl_client_certfile}; server: what a client's certificate is verified with, and must
 *     be; client: what it shows
 * @param clientKey {@code ssl_client_keyfile}; client: the key of what it shows, empty when the certificate's file
 *     holds it too
 */
public record TlsFiles(
        Optional<Path> serverCertificate,
        Optional<Path> serverKey,
        Optional<Path> clientCertificate,
        Optional<Path> clientKey) {}
