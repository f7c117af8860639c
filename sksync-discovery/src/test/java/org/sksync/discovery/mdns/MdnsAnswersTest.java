package org.sksync.discovery.mdns;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sksync.discovery.group.Answers.Audience;
import org.sksync.discovery.group.Asker;
import org.sksync.discovery.offer.Offer;

class MdnsAnswersTest {

    private static final String DESK = Queries.text("Desk-1f");
    private static final String INSTANCE = DESK + Queries.SERVICE;
    private static final String HOST = DESK + Queries.text("local") + "00";

    private final Inet4Address own;
    private final MdnsAnswers answers;

    MdnsAnswersTest() throws Exception {
        own = (Inet4Address) InetAddress.getByName("192.168.1.2");
        answers = new MdnsAnswers(
                new MachineName("Desk-1f"), new Offer(23456, Optional.of("pysksync 2"), Optional.of("ab".repeat(32))));
    }

    private Optional<String> answer(byte[] query) {
        return answers.answer(query, new Asker(new InetSocketAddress("192.168.1.9", 5353), own))
                .map(HexFormat.of()::formatHex);
    }

    private static String expected(String longSeconds, String shortSeconds) {
        String fingerprint = Queries.text("fp=" + "ab".repeat(32));
        String texts = Queries.text("level=pysksync 2") + Queries.text("tls=true") + fingerprint;
        String target = "%04x".formatted(INSTANCE.length() / 2);
        return ("0000 8400 0000 0004 0000 0000"
                        + Queries.SERVICE + "000c 0001" + longSeconds + target + INSTANCE
                        + INSTANCE + "0021 8001" + shortSeconds
                        + "%04x".formatted(6 + HOST.length() / 2) + "0000 0000 5ba0" + HOST
                        + INSTANCE + "0010 8001" + longSeconds + "%04x".formatted(texts.length() / 2) + texts
                        + HOST + "0001 8001" + shortSeconds + "0004 c0a80102")
                .replace(" ", "");
    }

    @ParameterizedTest
    @CsvSource({"service, 12", "service, 255", "instance, 33", "instance, 16", "instance, 255", "host, 1", "host, 255"})
    void tellsAllOfTheServiceToWhoAsksForAPartOfIt(String name, int type) {
        String asked =
                switch (name) {
                    case "service" -> Queries.SERVICE;
                    case "instance" -> INSTANCE;
                    default -> HOST;
                };

        assertThat(answer(Queries.question(asked, type))).contains(expected("00001194", "00000078"));
    }

    @ParameterizedTest
    @CsvSource({"service, 33", "service, 1", "instance, 12", "instance, 1", "host, 28", "host, 16", "other, 255"})
    void isSilentOnAllElse(String name, int type) {
        String asked =
                switch (name) {
                    case "service" -> Queries.SERVICE;
                    case "instance" -> INSTANCE;
                    case "host" -> HOST;
                    default -> Queries.text("_other") + Queries.text("_tcp") + Queries.text("local") + "00";
                };

        assertThat(answer(Queries.question(asked, type))).isEmpty();
    }

    @Test
    void isSilentToWhoKnowsTheServiceAlready() {
        byte[] query = Queries.bytes("0000 0000 0001 0001 0000 0000" + Queries.SERVICE + "000c 0001"
                + "c00c 000c 0001 00001194" + "%04x".formatted(DESK.length() / 2 + 2) + DESK + "c00c");

        assertThat(answer(query)).isEmpty();
    }

    @Test
    void isListedAmongTheKindsOfServices() {
        String services = Queries.text("_services")
                + Queries.text("_dns-sd")
                + Queries.text("_udp")
                + Queries.text("local")
                + "00";

        assertThat(answer(Queries.question(services, RecordType.PTR)))
                .contains(("0000 8400 0000 0001 0000 0000" + services + "000c 0001 00001194"
                                + "%04x".formatted(Queries.SERVICE.length() / 2) + Queries.SERVICE)
                        .replace(" ", ""));
    }

    @Test
    void saysGoodbyeByRecordsThatAreGoodForNoTime() {
        assertThat(answers.goodbye(own).map(HexFormat.of()::formatHex)).contains(expected("00000000", "00000000"));
    }

    @Test
    void answersTheWholeGroupSoThatNobodyIsSentWhatHeDidNotAskFor() {
        assertThat(answers.audience()).isEqualTo(Audience.GROUP);
    }

    @Test
    void tellsThatThereIsNoTls() {
        MdnsAnswers plain =
                new MdnsAnswers(new MachineName("desk"), new Offer(1, Optional.of("pysksync 2"), Optional.empty()));

        assertThat(plain.hello(own).map(bytes -> new String(bytes, ISO_8859_1)))
                .hasValueSatisfying(
                        text -> assertThat(text).contains("tls=false").doesNotContain("fp="));
    }
}
