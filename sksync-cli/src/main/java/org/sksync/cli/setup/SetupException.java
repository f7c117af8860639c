package org.sksync.cli.setup;

/** Something that a first run was given can't be used. The message is one sentence for the user, without a secret. */
public final class SetupException extends Exception {

    private static final long serialVersionUID = 1L;

    SetupException(String message) {
        super(message);
    }
}
