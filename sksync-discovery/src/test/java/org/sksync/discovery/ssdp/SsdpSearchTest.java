package org.sksync.discovery.ssdp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.discovery.group.Asker;
import org.sksync.discovery.offer.Offer;

class SsdpSearchTest {

    private static final InetSocketAddress FROM = new InetSocketAddress("192.168.1.9", 1900);

    private static Optional<SsdpFind> read(String answer) {
        return SsdpSearch.read(answer.getBytes(US_ASCII), FROM);
    }

    private static Inet4Address address(String text) throws Exception {
        return (Inet4Address) InetAddress.getByName(text);
    }

    @Test
    void findsPysksyncsServer() throws Exception {
        assertThat(read(Finds.PYSKSYNC))
                .contains(new SsdpFind(address("192.168.1.5"), new Offer(23456, Optional.empty(), Optional.empty())));
    }

    @Test
    void findsWhatOurDaemonTells() throws Exception {
        Offer offer = new Offer(4711, Optional.of("pysksync 2"), Optional.of("0f".repeat(32)));
        String search = Searches.STANDARD + ".".repeat(200);

        byte[] answer = new SsdpAnswers(offer)
                .answer(search.getBytes(US_ASCII), new Asker(FROM, address("10.0.0.1")))
                .orElseThrow();

        assertThat(SsdpSearch.read(answer, FROM)).contains(new SsdpFind(address("10.0.0.1"), offer));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.1.1", "0.0.0.0", "239.255.255.250"})
    void takesTheSendersAddressWhereTheAnswerNamesOneThatCannotBe(String nowhere) throws Exception {
        assertThat(read(Finds.PYSKSYNC.replace("192.168.1.5", nowhere)))
                .map(SsdpFind::address)
                .contains(address("192.168.1.9"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "192.168.1.5",
                "192.168.1.5:0",
                "192.168.1.5:65536",
                "192.168.1.5:99999",
                "192.168.1.256:1",
                "192.168.1:1",
                "1234.1.1.1:1",
                "http://192.168.1.5:23456",
                "localhost:23456",
                "[::1]:23456",
                "",
            })
    void findsNothingAtALocationInAnotherForm(String location) {
        assertThat(read(Finds.PYSKSYNC.replace("192.168.1.5:23456", location))).isEmpty();
    }

    @Test
    void findsNothingInAnswersToOtherSearches() {
        assertThat(read(Finds.PYSKSYNC.replace("sksync:1", "other:1"))).isEmpty();
        assertThat(read(Finds.PYSKSYNC.replace("200 OK", "404 Not Found"))).isEmpty();
        assertThat(read(Finds.PYSKSYNC.replaceFirst("Location:[^\r]*\r\n", ""))).isEmpty();
        assertThat(read(Searches.PYSKSYNC)).isEmpty();
        assertThat(read("")).isEmpty();
    }
}
