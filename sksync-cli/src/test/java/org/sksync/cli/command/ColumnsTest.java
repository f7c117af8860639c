package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsTest {

    @ParameterizedTest
    @CsvSource({"'', 0", "abc, 3", "caf\u00e9\u2026, 5", "\u9152\u6570, 4", "\ud83d\ude00!, 3"})
    void countsEastAsianLettersAndEmojiTwice(String text, int columns) {
        assertThat(Columns.of(text)).isEqualTo(columns);
    }

    @ParameterizedTest
    @CsvSource({"abcdef, 6, abcdef", "abcdef, 5, abcd\u2026", "\u9152\u9152\u9152, 4, \u9152\u2026", "ab, 1, \u2026"})
    void cutsTheEndOff(String text, int columns, String cut) {
        assertThat(Columns.cut(text, columns)).isEqualTo(cut);
    }

    @ParameterizedTest
    @CsvSource({
        "holiday/video.mp4, 17, holiday/video.mp4",
        "holiday/video.mp4, 11, holid\u2026o.mp4",
        "holiday/video.mp4, 10, holid\u2026.mp4",
        "\u9152\u6570\u636e\u9152, 5, \u9152\u2026\u9152",
    })
    void cutsTheMiddleOut(String text, int columns, String cut) {
        assertThat(Columns.cutMiddle(text, columns)).isEqualTo(cut);
    }

    @Test
    void neverPassesTheWidth() {
        String text = "a\u9152\ud83d\ude00b\u6570cd\u00e9\ud83d\ude00\u9152";

        for (int columns = 1; columns <= Columns.of(text); columns++) {
            assertThat(Columns.of(Columns.cut(text, columns))).isLessThanOrEqualTo(columns);
            assertThat(Columns.of(Columns.cutMiddle(text, columns))).isLessThanOrEqualTo(columns);
        }
    }
}
