package org.sksync.files.path;

import java.util.Objects;

/**
 * A path that must not be used: a name that breaks the rules of the protocol, or a directory that may not be synced.
 *
 * <p>Where a peer sent it, the connection ends (protocol: when things go wrong). The message is safe to log: whatever
 * it quotes has passed {@link EscapedText}.
 */
public final class PathRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    /** What is wrong with the path. */
    public enum Reason {
        /** Nothing between the separators of the line: the name has no characters. */
        EMPTY,
        /** The name starts at a root, a drive or a host instead of in the synced directory. */
        ABSOLUTE,
        /** A part is {@code .} or {@code ..}. */
        DOT_PART,
        /** Two separators stand side by side. */
        EMPTY_PART,
        /** The name ends in a separator, so it names a directory. */
        TRAILING_SLASH,
        /** The name holds a NUL character. */
        NUL,
        /** The name holds a line feed, which ends a line on the wire. */
        LINE_FEED,
        /** The name holds a backslash where that separates parts. */
        BACKSLASH,
        /** A part is {@link RelativePath#STAGING_NAME}. */
        STAGING_NAME,
        /** The text holds half of a surrogate pair. */
        MALFORMED_TEXT,
        /** The directory lies outside every allowed one. */
        NOT_ALLOWED,
        /** A part below the allowed directory is a symbolic link. */
        LINK,
        /** The directory is allowed and does not exist. */
        MISSING,
        /** The path is allowed and is no directory. */
        NOT_A_DIRECTORY
    }

    private final Reason reason;
    private final String safeMessage;

    PathRefusedException(Reason reason, String safeMessage) {
        super(safeMessage);
        this.safeMessage = safeMessage;
        this.reason = Objects.requireNonNull(reason, "reason");
    }

    /** Returns what is wrong with the path. */
    public Reason reason() {
        return reason;
    }

    /** Returns what is wrong, safe to log. */
    @Override
    public String getMessage() {
        return safeMessage;
    }
}
