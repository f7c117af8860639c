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

    @ParameterizedTest
    @CsvSource({
        "0, 999, 0 of 999 B",
        "12400000, 400000000, 12.4 of 400.0 MB",
        "5, 1500, 0.0 of 1.5 kB",
        "999999, 999999, 1.0 of 1.0 MB",
        "9223372036854775807, 9223372036854775807, 9.2 of 9.2 EB",
    })
    void showsAPartInTheUnitOfTheWhole(long bytes, long whole, String text) {
        assertThat(ByteText.of(bytes, whole)).isEqualTo(text);
    }
}
