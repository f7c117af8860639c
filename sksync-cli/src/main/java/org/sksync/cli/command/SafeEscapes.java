package org.sksync.cli.command;

import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import com.fasterxml.jackson.core.io.SerializedString;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;
import org.sksync.files.path.EscapedText;

/**
 * Writes as {@code \}{@code uXXXX} whatever {@link EscapedText} would, so that a line of JSON can be shown on a terminal.
 * Both halves of a pair are written so too: a half alone would not survive UTF-8.
 */
final class SafeEscapes extends CharacterEscapes {

    private static final long serialVersionUID = 1L;
    private static final int DELETE = 0x7f;
    private static final HexFormat HEX = HexFormat.of();

    @Override
    public int[] getEscapeCodesForAscii() {
        int[] codes = standardAsciiEscapesForJSON();
        codes[DELETE] = ESCAPE_STANDARD;
        return codes;
    }

    @Override
    public @Nullable SerializableString getEscapeSequence(int unit) {
        return EscapedText.isHarmless(unit) ? null : new SerializedString("\\u" + HEX.toHexDigits((char) unit));
    }
}
