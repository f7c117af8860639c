package org.sksync.config;

/**
 * A configuration that can't be used. The message is one sentence for the person who wrote the file: where, what was
 * found, what is expected. It never holds a password or a verifier.
 */
public final class ConfigException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Creates the exception with the sentence that the user is to read. */
    public ConfigException(String message) {
        super(message);
    }

    /** Creates the exception with the sentence that the user is to read, and what led to it. */
    public ConfigException(String message, Throwable cause) {
        super(message, cause);
    }
}
