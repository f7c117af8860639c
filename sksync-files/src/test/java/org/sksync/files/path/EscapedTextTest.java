package org.sksync.files.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EscapedTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain name.txt", "\u00e9\u4e2d\u0434", "\ud83d\ude00", "C:\\data", "a\u0301"})
    void leavesReadableTextAlone(String text) {
        assertThat(EscapedText.of(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0000", "\u001b", "\r", "\n", "\t", "\u007f", "\u0085", "\u009b", "\u200f", "\u202e", "\u2066",
                "\u2028", "\u2029", "\ufeff", "\ud83d", "\ude00"
            })
    void escapesWhatActsOnALogOrATerminal(String text) {
        assertThat(EscapedText.of("<" + text + ">")).isEqualTo("<\\u%04x>".formatted((int) text.charAt(0)));
    }

    @Test
    void escapesInvisibleCharactersBeyondTheBasicPlane() {
        assertThat(EscapedText.of("\udb40\udc01")).isEqualTo("\\udb40\\udc01");
    }

    @Test
    void cutsBetweenCharacters() {
        assertThat(EscapedText.of("abcd", 4)).isEqualTo("abcd");
        assertThat(EscapedText.of("abcde", 4)).isEqualTo("abcd\u2026");
        assertThat(EscapedText.of("abc\ud83d\ude00", 4)).isEqualTo("abc\u2026");
        assertThat(EscapedText.of("a\u001bb", 4)).isEqualTo("a\u2026");
        assertThat(EscapedText.of("x".repeat(10_000))).hasSize(EscapedText.DEFAULT_MAX_CHARS + 1);
    }

    @Test
    void refusesALengthThatLeavesNothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> EscapedText.of("a", 0));
    }
}
