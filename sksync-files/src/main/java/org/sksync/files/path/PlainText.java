package org.sksync.files.path;

import java.nio.charset.StandardCharsets;

/**
 * Text of printable ASCII characters alone, without those that Windows forbids and without a backslash. Most names are,
 * and none of their characters needs a look of its own then; what their parts are is another question. A look at all bytes
 * at once takes a fraction of what asking a text for each character does before the JVM has compiled that.
 */
public final class PlainText {
    private static final boolean[] PLAIN = new boolean[256];

    static {
        for (char c = ' '; c < 0x7f; c++) {
            PLAIN[c] = c != '\\' && PlatformNames.WINDOWS_FORBIDDEN.indexOf(c) < 0;
        }
    }

    private PlainText() {}

    /** Returns whether a text is plain; then each of its characters is one byte in every encoding that matters here. */
    public static boolean is(String text) {
        // Half of a surrogate pair comes out as a question mark, which Windows forbids.
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            if (!PLAIN[each & 0xff]) {
                return false;
            }
        }
        return true;
    }
}
