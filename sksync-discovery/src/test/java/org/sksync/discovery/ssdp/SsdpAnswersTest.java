package org.sksync.discovery.ssdp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.discovery.group.Asker;
import org.sksync.discovery.offer.Offer;

class SsdpAnswersTest {

    private static final String HEX = "ab".repeat(32);
    private static final SsdpAnswers ANSWERS =
            new SsdpAnswers(new Offer(23456, Optional.of("pysksync 2"), Optional.of(HEX)));

    private static Optional<String> answer(SsdpAnswers answers, String own, String search) throws Exception {
        Asker asker =
                new Asker(new InetSocketAddress("192.168.100.101", 50000), (Inet4Address) InetAddress.getByName(own));
        return answers.answer(search.getBytes(US_ASCII), asker).map(bytes -> new String(bytes, US_ASCII));
    }

    private static Optional<String> answer(String search) throws Exception {
        return answer(ANSWERS, "192.168.100.100", search);
    }

    @Test
    void tellsPysksyncWhereTheDaemonIs() throws Exception {
        assertThat(answer(Searches.PYSKSYNC)).contains("""
                HTTP/1.1 200 OK\r
                Location:192.168.100.100:23456\r
                ST:urn:schemas-upnp-org:service:sksync:1\r
                NTS:ssdp:alive\r
                \r
                """);
    }

    @Test
    void tellsLevelAndFingerprintToWhoMakesRoomForThem() throws Exception {
        String search = Searches.STANDARD.replace("MX: 3", "MX: 3\r\nROOM: " + ".".repeat(110));

        assertThat(answer(search)).contains("""
                HTTP/1.1 200 OK\r
                Location:192.168.100.100:23456\r
                ST:urn:schemas-upnp-org:service:sksync:1\r
                NTS:ssdp:alive\r
                LEVEL:pysksync 2\r
                FP:%s\r
                \r
                """.formatted(HEX));
    }

    @ParameterizedTest
    @CsvSource({"1.2.3.4, 1", "192.168.100.100, 23456", "255.255.255.254, 65535"})
    void answersPysksyncFromEveryAddressWithNoMoreThanItAsked(String own, int port) throws Exception {
        SsdpAnswers answers = new SsdpAnswers(new Offer(port, Optional.of("pysksync 2"), Optional.of(HEX)));

        assertThat(answer(answers, own, Searches.PYSKSYNC)).hasValueSatisfying(answer -> assertThat(answer)
                .contains("Location:" + own + ":" + port + "\r\n")
                .hasSizeLessThanOrEqualTo(Searches.PYSKSYNC.length()));
    }

    @Test
    void saysNothingThatIsLongerThanTheSearch() throws Exception {
        String shortest =
                "M-SEARCH * HTTP/1.1\r\nMAN:ssdp:discover\r\nST:urn:schemas-upnp-org:service:sksync:1\r\n\r\n";
        int bare = answer(Searches.PYSKSYNC).orElseThrow().length();

        assertThat(answer(shortest)).isEmpty();
        assertThat(answer(shortest + "x".repeat(bare - 1 - shortest.length()))).isEmpty();
        assertThat(answer(shortest + "x".repeat(bare - shortest.length())))
                .hasValueSatisfying(answer -> assertThat(answer).hasSize(bare));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ST: ssdp:all",
                "ST: upnp:rootdevice",
                "ST: urn:schemas-upnp-org:service:sksync:2",
                "ST: URN:schemas-upnp-org:service:sksync:1",
                "ST:",
                "X: urn:schemas-upnp-org:service:sksync:1",
            })
    void answersSearchesForSkSyncAlone(String target) throws Exception {
        String search = Searches.STANDARD.replaceFirst("\nST: [^\r]*", "\n" + target);

        assertThat(answer(search + ".".repeat(200))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"MAN: ssdp:byebye", "MAN:", "MAN: \"ssdp:discover", "X: \"ssdp:discover\""})
    void answersNoSearchThatDoesNotDiscover(String man) throws Exception {
        String search = Searches.STANDARD.replaceFirst("MAN: [^\r]*", man);

        assertThat(answer(search + ".".repeat(200))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NOTIFY * HTTP/1.1",
                "M-SEARCH * HTTP/1.0",
                "m-search * http/1.1",
                "HTTP/1.1 200 OK",
                "GET / HTTP/1.1"
            })
    void answersNothingButSearches(String line) throws Exception {
        String search = Searches.STANDARD.replaceFirst("M-SEARCH [^\r]*", line);

        assertThat(answer(search + ".".repeat(200))).isEmpty();
    }

    @Test
    void doesNotAnswerItsOwnAnswer() throws Exception {
        assertThat(answer(answer(Searches.PYSKSYNC).orElseThrow())).isEmpty();
    }
}
