package org.sksync.config;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What clients may do in a directory. */
public enum DirectoryRight {
    /** Nothing; {@code none}. */
    NONE("none"),
    /** Fetch files; {@code read}. */
    READ("read"),
    /** Store files; {@code write}. */
    WRITE("write"),
    /** Both; {@code read_write}. */
    READ_WRITE("read_write");

    private final String token;

    DirectoryRight(String token) {
        this.token = token;
    }

    static Optional<DirectoryRight> fromText(String text) {
        return Arrays.stream(values()).filter(right -> right.token.equals(text)).findFirst();
    }

    /** Says what may be written in the file. */
    static String choices() {
        return Arrays.stream(values())
                .map(right -> Quoted.quoted(right.token))
                .collect(Collectors.joining(", ", "one of ", ""));
    }
}
