package org.sksync.testkit;

import java.util.Arrays;

/** Bytes as one readable line: ASCII as it is, the rest escaped. */
final class Quoted {
    private Quoted() {}

    static String all(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length + 2).append('"');
        for (byte b : bytes) {
            switch (b) {
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                case '\t' -> text.append("\\t");
                case '"' -> text.append("\\\"");
                case '\\' -> text.append("\\\\");
                default -> {
                    if (b >= ' ' && b < 0x7f) {
                        text.append((char) b);
                    } else {
                        text.append(String.format("\\x%02x", b & 0xff));
                    }
                }
            }
        }
        return text.append('"').toString();
    }

    static String start(byte[] bytes, int atMost) {
        return bytes.length <= atMost ? all(bytes) : all(Arrays.copyOf(bytes, atMost)) + "...";
    }

    static String end(byte[] bytes, int atMost) {
        return bytes.length <= atMost
                ? all(bytes)
                : "..." + all(Arrays.copyOfRange(bytes, bytes.length - atMost, bytes.length));
    }
}
