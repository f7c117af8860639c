package org.sksync.protocol.srp;

import java.util.HexFormat;

/** Hex digits as SRP lines and configurations carry them: lower-case when written, either case when read. */
public final class Hex {

    private static final HexFormat FORMAT = HexFormat.of();

    private Hex() {}

    /** Returns {@code bytes} as lower-case hex, two digits for each byte. */
    public static String encode(byte[] bytes) {
        return FORMAT.formatHex(bytes);
    }

    /**
     * Reads hex of either case. The length is checked before anything is parsed.
     *
     * @param field what the text is, for the message: {@code "A"}, {@code "salt"}
     * @param text one or more pairs of ASCII hex digits
     * @param maxBytes the most bytes that the field may hold
     * @return as many bytes as {@code text} has pairs of digits, leading zero bytes included
     * @throws SrpException {@link SrpException.Reason#MALFORMED_HEX} if the text is empty, odd in length, longer than
     *     twice {@code maxBytes}, or holds anything but hex digits
     */
    public static byte[] decode(String field, String text, int maxBytes) throws SrpException {
        if (text.isEmpty() || text.length() % 2 != 0 || text.length() / 2 > maxBytes) {
            throw malformed(
                    field + ": " + text.length() + " hex digits (expected: an even number, 2.." + 2L * maxBytes + ")");
        }
        for (int i = 0; i < text.length(); i++) {
            if (!HexFormat.isHexDigit(text.charAt(i))) {
                throw malformed(field + ": no hex digit at position " + (i + 1) + " (expected: 0-9, a-f)");
            }
        }
        return FORMAT.parseHex(text);
    }

    private static SrpException malformed(String message) {
        return new SrpException(SrpException.Reason.MALFORMED_HEX, message);
    }
}
