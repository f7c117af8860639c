package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

class DurationWordsTest {

    private final DurationWords words = new DurationWords();

    @ParameterizedTest
    @CsvSource({
        "0, PT0S",
        "30s, PT30S",
        "5m, PT5M",
        "1h30m, PT1H30M",
        "2d, PT48H",
        "200ms, PT0.2S",
        "1d2h3m4s, PT26H3M4S"
    })
    void readsATimeAndWritesItAgain(String word, Duration time) {
        assertThat(words.convert(word)).isEqualTo(time);
        assertThat(DurationWords.text(time)).isEqualTo(word);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "5 m", "-5m", "m", "1.5h", "5min", "366d", "9999999999s", "1h 30m"})
    void refusesWhatIsNoTime(String word) {
        assertThatExceptionOfType(TypeConversionException.class)
                .isThrownBy(() -> words.convert(word))
                .withMessageContaining("'" + word + "'")
                .withMessageContaining("such as 30s");
    }
}
