package org.sksync.discovery.ssdp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A datagram in the form of HTTP: a first line and headers. What follows the empty line is not looked at.
 *
 * @param firstLine without its line end
 * @param headers lower-case name to value without blanks around it
 */
record SsdpMessage(String firstLine, Map<String, String> headers) {

    /** The longest datagram that is one: a search is an eighth of it. */
    static final int MAX_BYTES = 1024;

    private static final int MAX_HEADERS = 32;
    private static final String LINE_END = "\r\n";

    SsdpMessage {
        headers = Map.copyOf(headers);
    }

    /** Reads a datagram; empty if it is too long, not ASCII, or no such message, or if it names a header twice. */
    static Optional<SsdpMessage> read(byte[] datagram) {
        if (datagram.length > MAX_BYTES || !isText(datagram)) {
            return Optional.empty();
        }
        // With a limit, so that a datagram of line ends does not become a thousand texts.
        String[] lines = new String(datagram, US_ASCII).split(LINE_END, MAX_HEADERS + 3);
        Map<String, String> headers = new HashMap<>();
        int line = 1;
        while (line < lines.length && !lines[line].isEmpty()) {
            int colon = lines[line].indexOf(':');
            if (colon < 1 || line > MAX_HEADERS || hasLineEnd(lines[line])) {
                return Optional.empty();
            }
            String name = lines[line].substring(0, colon).toLowerCase(Locale.ROOT);
            if (headers.put(name, lines[line].substring(colon + 1).strip()) != null) {
                return Optional.empty();
            }
            line++;
        }
        return hasLineEnd(lines[0]) ? Optional.empty() : Optional.of(new SsdpMessage(lines[0], headers));
    }

    /** Returns a header's value. */
    Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** Returns whether a header has that value. */
    boolean has(String name, String value) {
        return value.equals(headers.get(name));
    }

    private static boolean isText(byte[] datagram) {
        for (byte each : datagram) {
            boolean printable = each >= ' ' && each <= '~';
            if (!printable && each != '\r' && each != '\n' && each != '\t') {
                return false;
            }
        }
        return true;
    }

    private static boolean hasLineEnd(String line) {
        return line.indexOf('\r') >= 0 || line.indexOf('\n') >= 0;
    }
}
