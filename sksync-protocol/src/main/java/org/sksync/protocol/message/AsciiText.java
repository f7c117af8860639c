package org.sksync.protocol.message;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Text that is ASCII alone: the same bytes in each of the levels' encodings. Most names are, and looking at the bytes of a
 * whole text at once takes a fraction of what asking it for each character does before the JVM has compiled that.
 */
public final class AsciiText {
    private AsciiText() {}

    /** Returns the bytes of a text; empty if it is not ASCII alone, or holds a question mark. */
    public static Optional<byte[]> bytesOf(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        for (byte each : bytes) {
            // Half of a surrogate pair comes out as a question mark.
            if (each < 0 || each == '?') {
                return Optional.empty();
            }
        }
        return Optional.of(bytes);
    }
}
