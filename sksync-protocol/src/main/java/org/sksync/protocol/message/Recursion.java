package org.sksync.protocol.message;

import java.util.Optional;

/** Whether a session covers what lies beneath the directory, or the directory alone. */
public enum Recursion {
    /** Token {@code 0}. */
    RECURSIVE('0'),
    /** Token {@code 1}. */
    TOP_LEVEL('1');

    private final char token;

    Recursion(char token) {
        this.token = token;
    }

    /** Returns the value whose wire token is {@code line}, exactly one digit. */
    public static Optional<Recursion> fromWire(String line) {
        for (Recursion recursion : values()) {
            if (line.length() == 1 && line.charAt(0) == recursion.token) {
                return Optional.of(recursion);
            }
        }
        return Optional.empty();
    }

    /** Returns the wire's token. */
    public char token() {
        return token;
    }
}
