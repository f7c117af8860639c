package org.sksync.discovery.mdns;

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

/** Any bytes as a question: one of two answers, or none. */
class MdnsAnswersFuzzTest {

    private static final Inet4Address OWN = (Inet4Address) InetAddress.getLoopbackAddress();
    private static final Asker ASKER = new Asker(new InetSocketAddress(OWN, 5353), OWN);
    private static final MdnsAnswers ANSWERS =
            new MdnsAnswers(new MachineName("desk-00"), new Offer(1, Optional.empty(), Optional.empty()));
    private static final byte[] SERVICES = ANSWERS.answer(
                    Queries.question(
                            Queries.text("_services") + Queries.text("_dns-sd") + Queries.text("_udp")
                                    + Queries.text("local") + "00",
                            RecordType.PTR),
                    ASKER)
            .orElseThrow();

    static Stream<byte[]> datagrams() {
        return Stream.of(
                Queries.question(Queries.SERVICE, RecordType.PTR),
                Queries.question(Queries.text("desk-00") + Queries.SERVICE, RecordType.ANY),
                ANSWERS.hello(OWN).orElseThrow(),
                new byte[0]);
    }

    @MethodSource("datagrams")
    @FuzzTest
    void givesOneOfItsAnswersOrNone(byte[] datagram) {
        ANSWERS.answer(datagram, ASKER)
                .ifPresent(answer -> assertThat(answer).isIn(ANSWERS.hello(OWN).orElseThrow(), SERVICES));
    }
}
