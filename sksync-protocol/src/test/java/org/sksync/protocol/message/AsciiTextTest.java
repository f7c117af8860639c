package org.sksync.protocol.message;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsciiTextTest {
    @Test
    void givesTheBytesOfAscii() {
        assertThat(AsciiText.bytesOf("1700 dir/a b\n")).hasValueSatisfying(bytes -> assertThat(bytes)
                .containsExactly('1', '7', '0', '0', ' ', 'd', 'i', 'r', '/', 'a', ' ', 'b', '\n'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u00e4", "a\u20ac", "\ud83c\udf76", "a\ud83c", "\udf76a", "\u010a", "a?b"})
    void leavesToAnEncoderWhatIsNotOrCanBeTakenForWhatCouldNotBeEncoded(String text) {
        assertThat(AsciiText.bytesOf(text)).isEmpty();
    }
}
