package org.sksync.discovery.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkTest {

    private static Network network(String own, int prefixBits) throws Exception {
        NetworkInterface device = NetworkInterface.getByInetAddress(InetAddress.getLoopbackAddress());
        return new Network(device, (Inet4Address) InetAddress.getByName(own), prefixBits, true);
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.7, 24, 192.168.1.1",
        "192.168.1.7, 24, 192.168.1.254",
        "192.168.1.7, 24, 192.168.1.7",
        "10.1.2.3, 8, 10.255.255.254",
        "127.0.0.1, 8, 127.0.0.2",
        "10.0.0.0, 31, 10.0.0.1",
        "10.0.0.5, 32, 10.0.0.5",
    })
    void holdsTheMachinesOfItsNet(String own, int prefixBits, String address) throws Exception {
        assertThat(network(own, prefixBits).holds(InetAddress.getByName(address)))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "192.168.1.7, 24, 192.168.2.1",
        "192.168.1.7, 24, 8.8.8.8",
        "192.168.1.7, 24, 192.168.1.255",
        "192.168.1.7, 24, 192.168.1.0",
        "192.168.1.7, 24, 239.255.255.250",
        "192.168.1.7, 24, 255.255.255.255",
        "192.168.1.7, 24, ::1",
        "10.0.0.5, 32, 10.0.0.4",
        "10.0.0.5, 0, 0.0.0.0",
        "10.0.0.5, 0, 255.255.255.255",
    })
    void holdsNoStrangersAndNoAddressOfMany(String own, int prefixBits, String address) throws Exception {
        assertThat(network(own, prefixBits).holds(InetAddress.getByName(address)))
                .isFalse();
    }

    @Test
    void picksTheNarrowestOfSeveral() throws Exception {
        Network wide = network("10.0.0.1", 8);
        Network narrow = network("10.9.0.1", 16);
        InetAddress asker = InetAddress.getByName("10.9.0.77");

        assertThat(Network.of(asker, List.of(wide, narrow))).contains(narrow);
        assertThat(Network.of(asker, List.of(narrow, wide))).contains(narrow);
        assertThat(Network.of(InetAddress.getByName("11.0.0.1"), List.of(wide, narrow)))
                .isEmpty();
    }

    @Test
    void refusesMoreBitsThanAnAddressHas() {
        assertThatThrownBy(() -> network("10.0.0.1", 33))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("33");
    }

    @Test
    void findsTheMachinesOwnNet() throws Exception {
        assertThat(Network.ofMachine())
                .filteredOn(network -> network.own().isLoopbackAddress())
                .isNotEmpty()
                .noneMatch(Network::reachesGroups);
    }
}
