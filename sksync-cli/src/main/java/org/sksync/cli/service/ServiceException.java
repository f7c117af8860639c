package org.sksync.cli.service;

/** A service can't be installed, removed or asked for; the message is one sentence for the user. */
public final class ServiceException extends Exception {

    private static final long serialVersionUID = 1L;

    ServiceException(String sentence) {
        super(sentence);
    }

    ServiceException(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
