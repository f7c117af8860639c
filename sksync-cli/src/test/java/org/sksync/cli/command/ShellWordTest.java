package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShellWordTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "/home/me/sksync.json | /home/me/sksync.json",
                "K\u00fcche-1         | K\u00fcche-1",
                "my notes             | 'my notes'",
                "it's                 | 'it'\\''s'",
                "$(x);&               | '$(x);&'",
                "\"\"                 | ''",
            })
    void isOneWordThatAShellTakesAsItIs(String text, String word) {
        assertThat(ShellWord.of(text)).isEqualTo(word);
    }
}
