package org.sksync.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/** Text in which each character stands for the byte of the same number. */
final class Latin1 {
    private Latin1() {}

    /**
     * Returns one byte for each character.
     *
     * @throws IllegalArgumentException if a character is above U+00FF, thus text rather than bytes
     */
    static byte[] bytes(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (text.charAt(at) > 0xff) {
                throw new IllegalArgumentException(String.format(
                        "character %d is U+%04X (expected: U+0000..U+00FF, one for each byte);"
                                + " encode the text and pass bytes",
                        at, (int) text.charAt(at)));
            }
        }
        return text.getBytes(ISO_8859_1);
    }

    static String text(byte[] bytes) {
        return new String(bytes, ISO_8859_1);
    }
}
