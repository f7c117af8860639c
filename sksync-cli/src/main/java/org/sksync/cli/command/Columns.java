package org.sksync.cli.command;

/** How many columns of a terminal a text takes: never more than is said here, though sometimes fewer. */
final class Columns {

    private static final String ELLIPSIS = "\u2026";

    private Columns() {}

    static int of(String text) {
        return text.codePoints().map(Columns::of).sum();
    }

    /** Returns a text that takes no more columns, its end left out where it must be. */
    static String cut(String text, int columns) {
        return of(text) <= columns ? text : start(text, columns - 1) + ELLIPSIS;
    }

    /** Returns a text that takes no more columns, its middle left out where it must be: names differ at their ends. */
    static String cutMiddle(String text, int columns) {
        if (of(text) <= columns) {
            return text;
        }
        int after = (columns - 1) / 2;
        return start(text, columns - 1 - after) + ELLIPSIS + end(text, after);
    }

    private static String start(String text, int columns) {
        int at = 0;
        int taken = 0;
        while (at < text.length() && taken + of(text.codePointAt(at)) <= columns) {
            taken += of(text.codePointAt(at));
            at += Character.charCount(text.codePointAt(at));
        }
        return text.substring(0, at);
    }

    private static String end(String text, int columns) {
        int at = text.length();
        int taken = 0;
        while (at > 0 && taken + of(text.codePointBefore(at)) <= columns) {
            taken += of(text.codePointBefore(at));
            at -= Character.charCount(text.codePointBefore(at));
        }
        return text.substring(at);
    }

    /** East Asian letters and emoji take two; what may, counts as if it did. */
    private static int of(int codePoint) {
        boolean maybeWide = (codePoint >= 0x1100 && codePoint < 0x1200)
                || (codePoint >= 0x2300 && codePoint < 0x2800)
                || (codePoint >= 0x2b00 && codePoint < 0x2c00)
                || (codePoint >= 0x2e80 && codePoint < 0xd800)
                || codePoint >= 0xf900;
        return maybeWide ? 2 : 1;
    }
}
