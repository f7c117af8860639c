package org.sksync.files.path;

/**
 * Text from a peer or a disk, made safe for one line of a log or a terminal.
 *
 * <p>Control characters (ESC, CR, LF and the rest of C0 and C1), invisible format characters (the bidirectional ones
 * among them), line and paragraph separators and halves of surrogate pairs become {@code \}{@code uXXXX}; everything
 * else stays as it is. Longer text is cut and ends in an ellipsis.
 */
public final class EscapedText {
    /** Characters that {@link #of(String)} lets through before it cuts. */
    public static final int DEFAULT_MAX_CHARS = 512;

    private static final char ELLIPSIS = '\u2026';

    private EscapedText() {}

    /** Returns the text made safe, cut to {@link #DEFAULT_MAX_CHARS} characters and an ellipsis. */
    public static String of(String text) {
        return of(text, DEFAULT_MAX_CHARS);
    }

    /**
     * Returns the text made safe and cut.
     *
     * @param maxChars the longest result before the ellipsis, in characters, counted after escaping; at least 1
     * @throws IllegalArgumentException if {@code maxChars} is less than 1
     */
    public static String of(String text, int maxChars) {
        if (maxChars < 1) {
            throw new IllegalArgumentException("maxChars: " + maxChars + " (expected: >= 1)");
        }
        StringBuilder safe = new StringBuilder(Math.min(text.length(), maxChars) + 16);
        int at = 0;
        while (at < text.length()) {
            int codePoint = text.codePointAt(at);
            int before = safe.length();
            append(safe, codePoint);
            if (safe.length() > maxChars) {
                safe.setLength(before);
                return safe.append(ELLIPSIS).toString();
            }
            at += Character.charCount(codePoint);
        }
        return safe.toString();
    }

    private static void append(StringBuilder safe, int codePoint) {
        if (isHarmless(codePoint)) {
            safe.appendCodePoint(codePoint);
            return;
        }
        for (char unit : Character.toChars(codePoint)) {
            safe.append("\\u");
            for (int shift = 12; shift >= 0; shift -= 4) {
                safe.append(Character.forDigit((unit >> shift) & 0xF, 16));
            }
        }
    }

    /** Returns whether a character may stand in a line as it is. */
    public static boolean isHarmless(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> true;
        };
    }
}
