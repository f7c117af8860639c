package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FirstLineTest {

    private static String of(byte[] input) throws CommandFailure {
        return FirstLine.of(new ByteArrayInputStream(input), "a word");
    }

    private static void assertRefused(byte[] input, String words) {
        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> of(input))
                .withMessageContaining(words)
                .withMessageContaining("(expected: a word, alone)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"caf\u00e9 \u9152", "caf\u00e9 \u9152\n", "caf\u00e9 \u9152\r\n", "caf\u00e9 \u9152\nmore"})
    void endsWithTheLineOrTheInput(String input) throws Exception {
        assertThat(of(input.getBytes(StandardCharsets.UTF_8))).isEqualTo("caf\u00e9 \u9152");
    }

    @Test
    void refusesWhatIsEmptyTooLongOrNotUtf8() {
        assertRefused(new byte[0], "is empty");
        assertRefused(new byte[] {'\r', '\n'}, "is empty");
        assertRefused(new byte[4097], "longer than 4096 bytes");
        assertRefused(new byte[] {(byte) 0xE9}, "not UTF-8");
    }
}
