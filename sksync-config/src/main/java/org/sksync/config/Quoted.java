package org.sksync.config;

/** Text of a file made fit for a message: of bounded length, without anything that moves a cursor. */
final class Quoted {

    private static final int MAX_CHARS = 80;

    private Quoted() {}

    static String quoted(String text) {
        return '"' + escaped(text) + '"';
    }

    static String escaped(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().limit(MAX_CHARS).forEach(codePoint -> {
            if (isShowable(codePoint)) {
                out.appendCodePoint(codePoint);
            } else {
                out.append(String.format("\\u%04x", codePoint));
            }
        });
        if (text.codePointCount(0, text.length()) > MAX_CHARS) {
            out.append("...");
        }
        return out.toString();
    }

    private static boolean isShowable(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
