package org.sksync.discovery.mdns;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Questions by multicast DNS, put together byte by byte. */
final class Queries {

    static final String HEADER_OF_ONE = "0000 0000 0001 0000 0000 0000";
    /** {@code _sksync._tcp.local}. */
    static final String SERVICE = text("_sksync") + text("_tcp") + text("local") + "00";

    private Queries() {}

    /** Returns the bytes of hexadecimal digits, blanks between them or not. */
    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** Returns a label: its length and its letters. */
    static String text(String label) {
        byte[] letters = label.getBytes(StandardCharsets.UTF_8);
        return "%02x".formatted(letters.length) + HexFormat.of().formatHex(letters);
    }

    /** Returns a question of class IN. */
    static byte[] question(String name, int type) {
        return bytes(HEADER_OF_ONE + name + "%04x".formatted(type) + "0001");
    }
}
