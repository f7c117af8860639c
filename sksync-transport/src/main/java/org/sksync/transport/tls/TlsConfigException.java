package org.sksync.transport.tls;

/**
 * A certificate, key or trust setting that cannot be used. The message is one sentence for the person who wrote the
 * configuration: the file, what is wrong with it, and what to do. It holds no secret.
 */
public final class TlsConfigException extends Exception {

    private static final long serialVersionUID = 1L;

    TlsConfigException(String message) {
        super(message);
    }

    TlsConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
