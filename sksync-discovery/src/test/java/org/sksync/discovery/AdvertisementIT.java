package org.sksync.discovery;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.discovery.group.Group;
import org.sksync.discovery.mdns.Mdns;
import org.sksync.discovery.ssdp.Ssdp;

/** Daemons are found on loopback, and answer nothing else. */
class AdvertisementIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final String FINGERPRINT = "SHA256:" + "0f".repeat(32);
    private static final String SEARCH = """
            M-SEARCH * HTTP/1.1\r
            HOST: 239.255.255.250:1900\r
            MAN: ssdp:discover\r
            ST: urn:schemas-upnp-org:service:sksync:1\r
            MX: 3\r
            \r
            """;

    private final List<String> troubles = new CopyOnWriteArrayList<>();

    private Advertisement advertise(How how) {
        return Advertisement.start(
                new Announcement(
                        "desk.example",
                        23456,
                        "pysksync 2",
                        Optional.of(FINGERPRINT),
                        Optional.empty(),
                        EnumSet.of(how)),
                Loopback::networks,
                Loopback.unicast(Ssdp.group()),
                Mdns.group(),
                troubles::add);
    }

    private static DatagramSocket asker(String address) throws IOException {
        return new DatagramSocket(new InetSocketAddress(address, 0));
    }

    private static void send(DatagramSocket asker, InetSocketAddress to, byte[] bytes) throws IOException {
        asker.send(new DatagramPacket(bytes, bytes.length, to));
    }

    /** Returns the next answer; empty if there is none by now. */
    private static Optional<String> answer(DatagramSocket asker, Duration limit) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        asker.setSoTimeout((int) limit.toMillis());
        try {
            asker.receive(packet);
            return Optional.of(new String(packet.getData(), 0, packet.getLength(), US_ASCII));
        } catch (SocketTimeoutException e) {
            return Optional.empty();
        }
    }

    /** Returns the answers to these; what is answered after all of them tells that there are no more. */
    private static int answersTo(InetSocketAddress daemon, List<byte[]> datagrams) throws IOException {
        try (DatagramSocket asker = asker("127.0.0.1");
                DatagramSocket last = asker("127.0.0.2")) {
            for (byte[] datagram : datagrams) {
                send(asker, daemon, datagram);
            }
            await().atMost(LIMIT).until(() -> {
                send(last, daemon, SEARCH.getBytes(US_ASCII));
                return answer(last, Duration.ofSeconds(1)).isPresent();
            });
            int answers = 0;
            while (answer(asker, Duration.ofMillis(1)).isPresent()) {
                answers++;
            }
            return answers;
        }
    }

    @Test
    void isFoundBySearchWithLevelAndFingerprint() throws Exception {
        try (Advertisement advertisement = advertise(How.SSDP)) {
            List<FoundServer> found = Discovery.ask(advertisement.addresses().get(0), LIMIT);

            assertThat(found)
                    .containsExactly(new FoundServer(
                            "127.0.0.1",
                            Loopback.ADDRESS,
                            23456,
                            Optional.of("pysksync 2"),
                            Optional.of(FINGERPRINT),
                            Set.of(How.SSDP)));
            assertThat(troubles).isEmpty();
        }
    }

    @Test
    void tellsOfAnotherCertificateOnceThereIsOne() throws Exception {
        String other = "SHA256:" + "ab".repeat(32);
        try (Advertisement advertisement = advertise(How.SSDP)) {
            advertisement.renew(Optional.of(other));

            assertThat(Discovery.ask(advertisement.addresses().get(0), LIMIT))
                    .singleElement()
                    .returns(Optional.of(other), FoundServer::fingerprint);
        }
    }

    @Test
    void answersPysksyncsSearch() throws Exception {
        try (Advertisement advertisement = advertise(How.SSDP);
                DatagramSocket asker = asker("127.0.0.1")) {
            send(asker, advertisement.addresses().get(0), SEARCH.getBytes(US_ASCII));

            assertThat(answer(asker, LIMIT)).contains("""
                            HTTP/1.1 200 OK\r
                            Location:127.0.0.1:23456\r
                            ST:urn:schemas-upnp-org:service:sksync:1\r
                            NTS:ssdp:alive\r
                            \r
                            """);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "garbage",
                "NOTIFY * HTTP/1.1\r\nST: urn:schemas-upnp-org:service:sksync:1\r\nMAN: ssdp:discover\r\n\r\n",
                "M-SEARCH * HTTP/1.1\r\nMAN: ssdp:discover\r\nST: ssdp:all\r\n\r\n",
                "M-SEARCH * HTTP/1.1\r\nST: urn:schemas-upnp-org:service:sksync:1\r\n\r\n",
                "M-SEARCH * HTTP/1.1\r\nMAN: ssdp:discover\r\n\r\n",
            })
    void answersNothingElse(String text) throws Exception {
        try (Advertisement advertisement = advertise(How.SSDP)) {
            String padded = text.isEmpty() ? text : text + ".".repeat(300);

            assertThat(answersTo(advertisement.addresses().get(0), List.of(padded.getBytes(US_ASCII))))
                    .isZero();
        }
    }

    @Test
    void answersNoSearchThatIsTooLong() throws Exception {
        try (Advertisement advertisement = advertise(How.SSDP)) {
            byte[] longSearch = (SEARCH + ".".repeat(1025 - SEARCH.length())).getBytes(US_ASCII);
            byte[] longest = (SEARCH + ".".repeat(1024 - SEARCH.length())).getBytes(US_ASCII);

            assertThat(answersTo(advertisement.addresses().get(0), List.of(longSearch)))
                    .isZero();
            assertThat(answersTo(advertisement.addresses().get(0), List.of(longest)))
                    .isOne();
        }
    }

    @Test
    void survivesRandomBytes() throws Exception {
        long seed = Long.getLong("sksync.seed", new Random().nextLong());
        Random random = new Random(seed);
        try (Advertisement advertisement = advertise(How.SSDP)) {
            List<byte[]> datagrams = random.ints(200, 0, 1500)
                    .mapToObj(length -> {
                        byte[] bytes = new byte[length];
                        random.nextBytes(bytes);
                        return bytes;
                    })
                    .toList();

            assertThat(answersTo(advertisement.addresses().get(0), datagrams))
                    .as("-Dsksync.seed=%d", seed)
                    .isZero();
        }
    }

    @Test
    void takesSourcePortsOfServicesForForged() throws Exception {
        try (Advertisement advertisement = advertise(How.SSDP)) {
            InetSocketAddress daemon = advertisement.addresses().get(0);
            DatagramSocket forged;
            try {
                forged = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 1023));
            } catch (IOException e) {
                Assumptions.abort("only root has ports of services: " + e.getMessage());
                return;
            }
            try (forged) {
                send(forged, daemon, SEARCH.getBytes(US_ASCII));

                assertThat(answersTo(daemon, List.of(SEARCH.getBytes(US_ASCII))))
                        .isOne();
                assertThat(answer(forged, Duration.ofMillis(1))).isEmpty();
            }
        }
    }

    @Test
    void isSilentOnceItIsClosed() throws Exception {
        InetSocketAddress daemon;
        try (Advertisement advertisement = advertise(How.SSDP)) {
            daemon = advertisement.addresses().get(0);
        }

        try (DatagramSocket next = new DatagramSocket(daemon)) {
            assertThat(next.isBound()).isTrue();
        }
    }

    @Test
    void saysWhyItCannotListen() throws Exception {
        try (DatagramSocket other = new DatagramSocket(null)) {
            other.setReuseAddress(false);
            other.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            InetSocketAddress taken = (InetSocketAddress) other.getLocalSocketAddress();

            try (Advertisement advertisement = Advertisement.start(
                    new Announcement("", 1, "pysksync 2", Optional.empty(), Optional.empty(), EnumSet.of(How.SSDP)),
                    Loopback::networks,
                    new Group(Ssdp.group().address(), taken, 1),
                    Mdns.group(),
                    troubles::add)) {
                assertThat(advertisement.addresses()).isEmpty();
                assertThat(troubles)
                        .singleElement()
                        .asString()
                        .startsWith("can't advertise by SSDP: UDP port " + taken.getPort());
            }
        }
    }
}
