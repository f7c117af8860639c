package org.sksync.protocol.srp;

/**
 * A refused SRP value: something a peer sent or a configuration holds that the login cannot go on with.
 *
 * <p>The message names the field, what it is and what was expected. It never holds the value itself, so that it can be
 * logged and shown.
 */
public final class SrpException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What was wrong. */
    public enum Reason {
        /** A field is no hex, is odd in length, or is longer than the field may be. */
        MALFORMED_HEX,
        /** A user name is empty, too long, not UTF-8, or holds a control character. */
        BAD_USER_NAME,
        /** A password cannot be written in UTF-8. */
        BAD_PASSWORD,
        /** A salt is empty or too long. */
        BAD_SALT,
        /** A verifier is outside its range. */
        BAD_VERIFIER,
        /** A peer's public key, A or B, is zero modulo N or not below N. */
        BAD_PUBLIC_KEY,
        /** The scrambling value u is zero, so the password would have no part in the session key. */
        ZERO_SCRAMBLER
    }

    private final Reason reason;

    SrpException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    /** Returns what was wrong. */
    public Reason reason() {
        return reason;
    }
}
