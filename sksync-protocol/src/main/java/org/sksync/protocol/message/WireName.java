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

    /** Checks the grammar; a caller that holds peer input asks {@link #whyNot} first. */
    public WireName {
        whyNot(text).ifPresent(fault -> {
            throw new IllegalArgumentException("name " + fault);
        });
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
        int start = 0;
        int length = text.length();
        for (int i = 0; i <= length; i++) {
            if (i == length || text.charAt(i) == '/') {
                int partLength = i - start;
                if (partLength == 0) {
                    return "has an empty part (expected: one / between two parts)";
                }
                if (text.charAt(start) == '.'
                        && (partLength == 1 || (partLength == 2 && text.charAt(start + 1) == '.'))) {
                    return "has a . or .. part (expected: names only)";
                }
                start = i + 1;
            } else if (text.charAt(i) == 0 || text.charAt(i) == '\n') {
                return "holds a NUL or a line feed";
            }
        }
        return null;
    }
}
