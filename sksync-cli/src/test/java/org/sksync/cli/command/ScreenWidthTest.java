package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScreenWidthTest {

    @ParameterizedTest
    @CsvSource({
        "'24 132\n', 132",
        "'50 40', 40",
        "'0 0\n', 80",
        "'', 80",
        "'stty: no', 80",
        "'24 x', 80",
        "'24 999999', 80"
    })
    void isWhatTheSystemSaysOrTheUsual(String answer, int columns) {
        assertThat(ScreenWidth.columns(answer)).isEqualTo(columns);
    }
}
