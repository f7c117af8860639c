package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ByteTextTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1, 1 B",
        "999, 999 B",
        "1000, 1.0 kB",
        "1049, 1.0 kB",
        "1051, 1.1 kB",
        "999949, 999.9 kB",
        "999950, 1.0 MB",
        "1000000, 1.0 MB",
        "999950000, 1.0 GB",
        "3221225472, 3.2 GB",
        "5000000000000, 5.0 TB",
        "7000000000000000, 7.0 PB",
        "9223372036854775807, 9.2 EB",
    })
    void roundsToTheUnitThatAPersonReads(long bytes, String text) {
        assertThat(ByteText.of(bytes)).isEqualTo(text);
    }
}
