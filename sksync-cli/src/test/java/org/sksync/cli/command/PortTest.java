package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PortTest {

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1", "65535, 1"})
    void isEveryNumberThatAPortCanHave(String typed, int least) throws Exception {
        assertThat(Port.of("--port", typed, least)).isEqualTo(Integer.parseInt(typed));
        assertThat(Port.of("--port", Integer.parseInt(typed), least)).isEqualTo(Integer.parseInt(typed));
    }

    @ParameterizedTest
    @CsvSource({"-1, 0", "0, 1", "65536, 0"})
    void isNoOtherNumber(int number, int least) {
        assertThatThrownBy(() -> Port.of("--port", number, least))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("--port is %d, but must be a number from %d to 65535", number, least);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "+1", "-1", "1 ", "65536", "123456", "99999999999", "\u0661"})
    void isNothingElseThatIsTyped(String typed) {
        assertThatThrownBy(() -> Port.of("port", typed, 0))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("port is ")
                .hasMessageEndingWith(", but must be a number from 0 to 65535");
    }
}
