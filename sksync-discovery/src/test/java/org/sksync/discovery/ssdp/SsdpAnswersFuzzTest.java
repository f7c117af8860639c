package org.sksync.discovery.ssdp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.sksync.discovery.group.Asker;
import org.sksync.discovery.offer.Offer;

/** Any bytes as a search and as an answer: no more is said than was asked, and nothing found that has no port. */
class SsdpAnswersFuzzTest {

    private static final SsdpAnswers ANSWERS =
            new SsdpAnswers(new Offer(23456, Optional.of("pysksync 2"), Optional.of("ab".repeat(32))));
    private static final InetSocketAddress FROM = new InetSocketAddress(InetAddress.getLoopbackAddress(), 50000);

    static Stream<byte[]> datagrams() {
        return Stream.of(Searches.PYSKSYNC, Searches.STANDARD, Finds.PYSKSYNC, "", "\r\n".repeat(512))
                .map(text -> text.getBytes(US_ASCII));
    }

    @MethodSource("datagrams")
    @FuzzTest
    void saysNoMoreThanWasAsked(byte[] datagram) {
        Asker asker = new Asker(FROM, (Inet4Address) InetAddress.getLoopbackAddress());

        assertThat(ANSWERS.answer(datagram, asker).map(answer -> answer.length).orElse(0))
                .isLessThanOrEqualTo(datagram.length);
        SsdpSearch.read(datagram, FROM)
                .ifPresent(find -> assertThat(find.offer().port()).isBetween(1, 65535));
    }
}
