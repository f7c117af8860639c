package org.sksync.files.path;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "a", "notes/2026-11 (draft), part_1.txt", "~!#$%&'+;=@[]^`{}"})
    void namesOfPrintableAsciiArePlain(String text) {
        assertThat(PlainText.is(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\\b", "a\nb", "a\0b", "a\tb", "a\u007fb", "a<b", "a:b", "a\"b", "a|b", "a?b", "a*b"})
    void whatAnyPlatformTreatsDifferentlyIsNot(String text) {
        assertThat(PlainText.is(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00e4", "a\u0301", "\u212a", "\u0000", "\ud83c\udf76", "a\ud83c", "\udf76a", "\u012f"})
    void whatIsBeyondAsciiIsNot(String text) {
        assertThat(PlainText.is(text)).isFalse();
    }

    @Test
    void aPlainNameHashesAsWhatItFoldsTo() {
        // U+212A, the Kelvin sign, folds to a k.
        assertThat(NameFolding.hash("KIWI.txt"))
                .isEqualTo(NameFolding.hash("kiwi.TXT"))
                .isEqualTo(NameFolding.hash("\u212aiwi.txt"));
        assertThat(NameFolding.hash("\u00c4.txt")).isEqualTo(NameFolding.hash("a\u0308.TXT"));
        assertThat(NameFolding.hash("A?")).isEqualTo(NameFolding.hash("a?"));
    }
}
