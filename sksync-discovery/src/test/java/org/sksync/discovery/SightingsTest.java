package org.sksync.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sksync.discovery.mdns.MdnsFind;
import org.sksync.discovery.offer.Offer;
import org.sksync.discovery.ssdp.SsdpFind;

class SightingsTest {

    private static final String HEX = "ab".repeat(32);
    private static final Offer KNOWN = new Offer(23456, Optional.of("pysksync 2"), Optional.of(HEX));
    private static final Offer BARE = new Offer(23456, Optional.empty(), Optional.empty());

    private final Sightings sightings = new Sightings();
    private final Inet4Address first;
    private final Inet4Address second;

    SightingsTest() throws Exception {
        first = address(1);
        second = address(2);
    }

    private static Inet4Address address(int last) throws Exception {
        return (Inet4Address) InetAddress.getByAddress(new byte[] {10, 0, (byte) (last / 256), (byte) last});
    }

    @Test
    void makesOneServerOfWhatBothWaysFound() {
        sightings.add(new SsdpFind(second, BARE));
        sightings.add(new MdnsFind("desk", List.of(first, second), KNOWN));

        assertThat(sightings.servers())
                .containsExactly(new FoundServer(
                        "desk",
                        second,
                        23456,
                        Optional.of("pysksync 2"),
                        Optional.of("SHA256:" + HEX),
                        Set.of(How.SSDP, How.MDNS)));
    }

    @Test
    void keepsApartWhatListensOnAnotherPort() {
        sightings.add(new SsdpFind(first, new Offer(1, Optional.empty(), Optional.empty())));
        sightings.add(new MdnsFind("desk", List.of(first), KNOWN));

        assertThat(sightings.servers())
                .extracting(FoundServer::name, FoundServer::port, FoundServer::how)
                .containsExactly(tuple("10.0.0.1", 1, Set.of(How.SSDP)), tuple("desk", 23456, Set.of(How.MDNS)));
    }

    @Test
    void takesTheAddressForTheNameOfAServerThatTellsNone() {
        sightings.add(new SsdpFind(second, BARE));
        sightings.add(new SsdpFind(first, BARE));
        sightings.add(new SsdpFind(first, BARE));

        assertThat(sightings.servers()).extracting(FoundServer::name).containsExactly("10.0.0.1", "10.0.0.2");
    }

    @Test
    void keepsTheMostThatAServerToldAndOfEqualsTheLatest() {
        sightings.add(new MdnsFind("desk", List.of(first), BARE));
        sightings.add(new MdnsFind("desk", List.of(first), KNOWN));
        sightings.add(new MdnsFind("desk", List.of(second), KNOWN));
        sightings.add(new MdnsFind("desk", List.of(first), BARE));

        assertThat(sightings.servers())
                .extracting(FoundServer::level, FoundServer::address)
                .containsExactly(tuple(Optional.of("pysksync 2"), second));
    }

    @Test
    void keepsAFewHundredHoweverManyAreClaimed() throws Exception {
        for (int last = 0; last < 1000; last++) {
            sightings.add(new SsdpFind(address(last), BARE));
            sightings.add(new MdnsFind("name" + last, List.of(first), KNOWN));
        }

        assertThat(sightings.servers()).hasSizeBetween(256, 512);
    }
}
