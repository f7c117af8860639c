package org.sksync.files.path;

import java.util.List;
import org.sksync.files.path.PathRefusedException.Reason;

/**
 * A checked name below a synced directory, with {@code /} between its parts on every platform (protocol: session).
 *
 * <p>A name that could lead out of the directory, that could mean two files, or that the wire can't carry is refused
 * and never repaired. Whether this platform's disks can hold the name is another question:
 * {@link PlatformNames#whyNotStorable}. Ordered by the UTF-16 units of its text.
 */
public final class RelativePath implements Comparable<RelativePath> {
    /**
     * The directory for unfinished files in the root of a synced tree. No part of a name may be this, in whatever
     * case: it is never listed, requested or accepted.
     */
    public static final String STAGING_NAME = ".sksync";

    private final String text;

    private RelativePath(String text) {
        this.text = text;
    }

    /**
     * Returns the checked form of a name.
     *
     * @param text the name as it came from the wire or from a listing
     * @throws PathRefusedException if the text is empty, absolute in the manner of any platform ({@code /x},
     *     {@code \x}, {@code \\host\x}, {@code C:x}), ends in {@code /}, has an empty part, a part {@code .} or
     *     {@code ..}, a part equal to {@link #STAGING_NAME} ignoring case, or holds NUL, LF or half of a surrogate pair
     */
    public static RelativePath of(String text) throws PathRefusedException {
        if (text.isEmpty()) {
            throw refused(Reason.EMPTY, "is empty", text);
        }
        if (isAbsolute(text)) {
            throw refused(Reason.ABSOLUTE, "is absolute (expected: relative to the synced directory)", text);
        }
        int start = 0;
        for (int slash = text.indexOf('/'); slash >= 0; slash = text.indexOf('/', start)) {
            checkPart(text, start, slash);
            start = slash + 1;
        }
        if (start == text.length()) {
            throw refused(Reason.TRAILING_SLASH, "ends in a slash (expected: the name of a file)", text);
        }
        checkPart(text, start, text.length());
        if (!PlainText.is(text)) {
            checkCharacters(text);
        }
        return new RelativePath(text);
    }

    private static void checkCharacters(String text) throws PathRefusedException {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c == '\n') {
                throw refused(Reason.LINE_FEED, "holds a line feed", text);
            } else if (c == '\0') {
                throw refused(Reason.NUL, "holds a NUL character", text);
            } else if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c) || i + 1 == length || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    throw refused(Reason.MALFORMED_TEXT, "holds half of a surrogate pair", text);
                }
                i++;
            }
        }
    }

    private static boolean isAbsolute(String text) {
        char first = text.charAt(0);
        return first == '/' || first == '\\' || (text.length() > 1 && text.charAt(1) == ':' && isAsciiLetter(first));
    }

    private static boolean isAsciiLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static void checkPart(String text, int start, int end) throws PathRefusedException {
        int length = end - start;
        if (length == 0) {
            throw refused(Reason.EMPTY_PART, "has an empty part", text);
        }
        if (text.charAt(start) != '.') {
            return;
        }
        if (length == 1 || (length == 2 && text.charAt(start + 1) == '.')) {
            throw refused(Reason.DOT_PART, "has a part \".\" or \"..\"", text);
        }
        if (length == STAGING_NAME.length() && text.regionMatches(true, start, STAGING_NAME, 0, length)) {
            throw refused(Reason.STAGING_NAME, "has a part " + STAGING_NAME + ", which is kept for temp files", text);
        }
    }

    private static PathRefusedException refused(Reason reason, String what, String text) {
        return new PathRefusedException(reason, "name: \"" + EscapedText.of(text) + "\" " + what);
    }

    /** Returns the whole name, with {@code /} between its parts. */
    public String text() {
        return text;
    }

    /** Returns the last part. */
    public String name() {
        return text.substring(text.lastIndexOf('/') + 1);
    }

    /** Returns all but the last part, with {@code /} between them; empty for a name that is not nested. */
    public String parent() {
        return text.substring(0, Math.max(0, text.lastIndexOf('/')));
    }

    /** Returns the parts in order, at least one. */
    public List<String> parts() {
        return isNested() ? List.of(text.split("/", -1)) : List.of(text);
    }

    /** Returns whether the name lies in a subdirectory, so has more than one part. */
    public boolean isNested() {
        return text.indexOf('/') >= 0;
    }

    @Override
    public int compareTo(RelativePath other) {
        return text.compareTo(other.text);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RelativePath that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    /** Returns the name in a form that is safe to log. */
    @Override
    public String toString() {
        return EscapedText.of(text);
    }
}
