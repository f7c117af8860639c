package org.sksync.transport.tls;

import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.SupportedCipherSuiteFilter;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * The TLS settings of the two ends: TLS 1.3 and 1.2, and of 1.2 only suites with forward secrecy and authenticated
 * encryption. A context is made once and serves any number of connections.
 */
public final class TlsContexts {

    private static final List<String> PROTOCOLS = List.of("TLSv1.3", "TLSv1.2");
    private static final List<String> CIPHERS = List.of(
            "TLS_AES_128_GCM_SHA256",
            "TLS_AES_256_GCM_SHA384",
            "TLS_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
            "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
            "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256");

    private TlsContexts() {}

    /**
     * Makes a server's context.
     *
     * @param identity what the server shows
     * @param clientTrust with it, a client must show a certificate that it accepts; without, no client is asked
     * @throws TlsConfigException if the JDK refuses the certificate or its key
     */
    public static SslContext forServer(TlsIdentity identity, Optional<PeerTrust> clientTrust)
            throws TlsConfigException {
        SslContextBuilder builder = SslContextBuilder.forServer(identity.key(), identity.chain());
        if (clientTrust.isPresent()) {
            builder.clientAuth(ClientAuth.REQUIRE)
                    .trustManager(clientTrust.get().trustManager());
        }
        return build(builder);
    }

    /**
     * Makes a client's context.
     *
     * @param serverTrust judges the server
     * @param identity what the client shows to a server that asks for it
     * @throws TlsConfigException if the JDK refuses the certificate or its key
     */
    public static SslContext forClient(PeerTrust serverTrust, Optional<TlsIdentity> identity)
            throws TlsConfigException {
        SslContextBuilder builder = SslContextBuilder.forClient()
                .trustManager(serverTrust.trustManager())
                .endpointIdentificationAlgorithm("HTTPS");
        if (identity.isPresent()) {
            builder.keyManager(identity.get().key(), identity.get().chain());
        }
        return build(builder);
    }

    /**
     * Makes the handler for one connection of a client. The caller sets its timeouts and adds it to the pipeline.
     *
     * @param context from {@link #forClient}
     * @param host the name or address that was dialled; sent to the server and looked for in its certificate
     */
    public static SslHandler clientHandler(SslContext context, ByteBufAllocator allocator, String host, int port) {
        return context.newHandler(allocator, host, port);
    }

    private static SslContext build(SslContextBuilder builder) throws TlsConfigException {
        try {
            return builder.sslProvider(SslProvider.JDK)
                    .protocols(PROTOCOLS)
                    .ciphers(CIPHERS, SupportedCipherSuiteFilter.INSTANCE)
                    .build();
        } catch (SSLException | IllegalArgumentException e) {
            throw new TlsConfigException(
                    "the certificate and its key cannot be used for TLS; make new ones with certs/make-certs.sh", e);
        }
    }
}
