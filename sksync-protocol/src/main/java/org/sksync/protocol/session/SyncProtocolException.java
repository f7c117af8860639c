package org.sksync.protocol.session;

/**
 * The peer broke the protocol's rules; the session ends and the connection closes. The message names field, actual and
 * expected; it may hold text that the peer sent, so whoever logs or prints it escapes it.
 */
public final class SyncProtocolException extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int EXCERPT_CHARS = 80;

    private final Reason reason;

    /** Creates one without a stack trace: where it was noticed tells nothing about the peer. */
    public SyncProtocolException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    /** Returns what kind of rule was broken. */
    public Reason reason() {
        return reason;
    }

    /** Returns {@code text} in quotes, cut where it is too long for a message. */
    public static String excerpt(String text) {
        return text.length() <= EXCERPT_CHARS
                ? '"' + text + '"'
                : '"' + text.substring(0, EXCERPT_CHARS) + "\" (" + text.length() + " characters)";
    }

    /** The rules that can be broken. */
    public enum Reason {
        /** A line is longer than its field may be. */
        LINE_TOO_LONG,
        /** A field does not have the form that it must have. */
        MALFORMED_FIELD,
        /** A number is outside its range. */
        OUT_OF_RANGE,
        /** A line's bytes are not of the level's encoding. */
        BAD_ENCODING,
        /** A name is absolute, leads upwards or is otherwise none. */
        BAD_NAME,
        /** A message came where another one was due. */
        OUT_OF_ORDER,
        /** The same file came twice. */
        DUPLICATE_NAME,
        /** A file that was never listed was asked for, or one that was never asked for was sent. */
        NOT_AGREED,
        /** More than a limit allows. */
        LIMIT_EXCEEDED,
        /** A file's content does not have the checksum that was sent with it. */
        CHECKSUM_MISMATCH,
        /** The login failed, or is missing where it is demanded. */
        LOGIN_REFUSED,
        /** The directory that was asked for is outside what clients may sync, or missing. */
        PATH_REFUSED
    }
}
