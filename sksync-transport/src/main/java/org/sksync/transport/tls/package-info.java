/**
 * TLS for both ends: reading certificates and keys from PEM files, deciding whom to trust, building the contexts that
 * channels are secured with, and saying in one sentence why a handshake failed. TLS 1.2 and 1.3 of the JDK only. Nothing
 * falls back to plain text.
 */
@NullMarked
package org.sksync.transport.tls;

import org.jspecify.annotations.NullMarked;
