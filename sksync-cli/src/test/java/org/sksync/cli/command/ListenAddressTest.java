package org.sksync.cli.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenAddressTest {

    private static final int PICKED = 4711;

    @ParameterizedTest
    @CsvSource({"0.0.0.0, 0.0.0.0:4711", "127.0.0.1, 127.0.0.1:4711", "::, [::]:4711", "::1, [::1]:4711"})
    void saysTheAddressThatWasAskedForWithThePortThatWasPicked(String host, String text) throws Exception {
        assertThat(ListenAddress.of(host, 0, "host").text(new InetSocketAddress(PICKED)))
                .isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, true", "::1, true", "0.0.0.0, false", "::, false", "192.0.2.1, false"})
    void knowsWhatOnlyThisMachineReaches(String host, boolean loopback) throws Exception {
        assertThat(ListenAddress.of(host, 0, "host").isLoopback()).isEqualTo(loopback);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 65535})
    void takesEveryPort(int port) throws Exception {
        assertThat(ListenAddress.of("127.0.0.1", port, "host").asked().getPort())
                .isEqualTo(port);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 65536})
    void refusesWhatIsNoPort(int port) {
        assertThatThrownBy(() -> ListenAddress.of("127.0.0.1", port, "host"))
                .isInstanceOf(CommandFailure.class)
                .hasMessage("--port is %d, but must be a number from 0 to 65535", port);
    }

    @Test
    void refusesAHostThatIsNone() {
        assertThatThrownBy(() -> ListenAddress.of("256.256.256.256.256", 0, "sksync.json: host"))
                .isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("sksync.json: host is \"256.256.256.256.256\", which is unknown");
    }
}
