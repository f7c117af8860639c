package org.sksync.protocol.message;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A file's name as the wire carries it: relative to the synced directory, with {@code /} between its parts, already
 * decoded and checked against the wire's grammar. What a disk can hold is not its concern.
 *
 * @param text the name; not empty, not absolute, without empty, {@code .} or {@code ..} parts, NUL or line feed
 */
public record WireName(String text) {

    /**
     * Checks the grammar.
     *
     * @throws IllegalArgumentException if the text breaks it; {@link #whyNot} says how
     */
    public WireName {
        String fault = faultOf(text);
        if (fault != null) {
            throw new IllegalArgumentException("name " + fault);
        }
    }

    /** Returns how {@code text} breaks the grammar, empty if it does not. */
    public static Optional<String> whyNot(String text) {
        return Optional.ofNullable(faultOf(text));
    }

    /** Tells whether the name lies in a sub-directory of the synced directory. */
    public boolean isNested() {
        return text.indexOf('/') >= 0;
    }

    private static @Nullable String faultOf(String text) {
        if (text.isEmpty()) {
            return "is empty (expected: a relative path)";
        }
        if (text.charAt(0) == '/') {
            return "is absolute (expected: relative to the synced directory)";
        }
        if (text.indexOf('\0') >= 0 || text.indexOf('\n') >= 0) {
            return "holds a NUL or a line feed";
        }
        int end;
        for (int start = 0; start <= text.length(); start = end + 1) {
            int slash = text.indexOf('/', start);
            end = slash < 0 ? text.length() : slash;
            int length = end - start;
            if (length == 0) {
                return "has an empty part (expected: one / between two parts)";
            }
            if (text.charAt(start) == '.' && (length == 1 || (length == 2 && text.charAt(start + 1) == '.'))) {
                return "has a . or .. part (expected: names only)";
            }
        }
        return null;
    }
}
