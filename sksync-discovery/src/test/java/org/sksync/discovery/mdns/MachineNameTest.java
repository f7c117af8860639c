package org.sksync.discovery.mdns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MachineNameTest {

    @ParameterizedTest
    @CsvSource({
        "desk, desk",
        "Desk-2.home.example, Desk-2",
        "my desk!, my-desk-",
        "b\u00fcro, b-ro",
        "'', sksync",
        ".local, sksync",
        "a234567890123456789012345678901234567890123, a234567890123456789012345678901234567890",
    })
    void isTheHostsFirstPartAndFourDigits(String host, String expected) {
        assertThat(MachineName.of(host, new byte[] {1}).text()).matches(expected + "-[0-9a-f]{4}");
    }

    @Test
    void staysAsItIsAndTellsHostsOfTheSameNameApart() {
        MachineName name = MachineName.of("desk", new byte[] {1});

        assertThat(MachineName.of("desk", new byte[] {1})).isEqualTo(name);
        assertThat(MachineName.of("desk", new byte[] {2})).isNotEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a.b", "a b", "\n", "1234567890123456789012345678901234567890123456789012345678901234"})
    void refusesWhatIsNoNameOfAHost(String text) {
        assertThatThrownBy(() -> new MachineName(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
