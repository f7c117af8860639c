package org.sksync.server.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientNetworkTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "255.255.255.255, 255.255.255.255",
        "2001:db8:1:2::1, 2001:db8:1:2:ffff:ffff:ffff:ffff",
        "::ffff:192.0.2.1, 192.0.2.1",
    })
    void isTheSame(String one, String other) throws Exception {
        assertThat(of(one)).isEqualTo(of(other)).hasSameHashCodeAs(of(other));
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.2",
        "2001:db8:1:2::1, 2001:db8:1:3::1",
        "0.0.0.1, ::1",
        "0.0.0.0, ::",
    })
    void isAnother(String one, String other) throws Exception {
        assertThat(of(one)).isNotEqualTo(of(other));
    }

    private static ClientNetwork of(String address) throws Exception {
        return ClientNetwork.of(InetAddress.getByName(address));
    }
}
