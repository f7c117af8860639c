package org.sksync.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.sksync.discovery.mdns.MachineName;
import org.sksync.discovery.mdns.Mdns;
import org.sksync.discovery.mdns.MdnsAnswers;
import org.sksync.discovery.mdns.MdnsFind;
import org.sksync.discovery.mdns.MdnsSearch;
import org.sksync.discovery.offer.Offer;
import org.sksync.discovery.ssdp.Ssdp;

/** Daemons are found over multicast on loopback; our own records are read by jmdns. */
class MulticastIT {

    private final List<MdnsFind> finds = new CopyOnWriteArrayList<>();
    private final List<String> troubles = new CopyOnWriteArrayList<>();

    private Advertisement advertise(Set<How> how) {
        return Advertisement.start(
                new Announcement(
                        "desk", 23456, "pysksync 2", Optional.of("SHA256:" + "0f".repeat(32)), Optional.empty(), how),
                Loopback::networks,
                Ssdp.group(),
                Mdns.group(),
                troubles::add);
    }

    private MdnsSearch search() throws Exception {
        return MdnsSearch.open(Loopback.networks(), new MachineName("sksync-test"), finds::add, troubles::add);
    }

    private void assertFound() {
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(finds).anySatisfy(find -> {
                    assertThat(find.name()).matches("desk-[0-9a-f]{4}");
                    assertThat(find.addresses()).containsExactly(Loopback.ADDRESS);
                    assertThat(find.offer().port()).isEqualTo(23456);
                    assertThat(find.offer().level()).contains("pysksync 2");
                    assertThat(find.offer().fingerprint()).contains("0f".repeat(32));
                }));
        assertThat(troubles).isEmpty();
    }

    @Test
    void isFoundByWhoAsks() throws Exception {
        try (Advertisement advertisement = advertise(EnumSet.of(How.MDNS));
                MdnsSearch search = search()) {
            assertThat(advertisement.addresses()).hasSize(1);
            assertThat(search).isNotNull();
            assertFound();
        }
    }

    @Test
    void isFoundByWhoListensAlready() throws Exception {
        try (MdnsSearch search = search();
                Advertisement advertisement = advertise(EnumSet.of(How.MDNS))) {
            assertThat(search).isNotNull();
            assertThat(advertisement.addresses()).hasSize(1);
            assertFound();
        }
    }

    /** Both hellos of the start are over by then, so that what comes is told because of the change. */
    @Test
    void tellsWhoListensOfAnotherCertificate() throws Exception {
        try (MulticastSocket ear = new MulticastSocket(Mdns.group().address().getPort())) {
            ear.joinGroup(Mdns.group().address(), NetworkInterface.getByInetAddress(Loopback.ADDRESS));
            ear.setSoTimeout(30_000);
            try (Advertisement advertisement = advertise(EnumSet.of(How.MDNS))) {
                awaitHello(ear, "0f".repeat(32));
                awaitHello(ear, "0f".repeat(32));

                advertisement.renew(Optional.of("SHA256:" + "ab".repeat(32)));

                awaitHello(ear, "ab".repeat(32));
                awaitHello(ear, "ab".repeat(32));
            }
        }
        assertThat(troubles).isEmpty();
    }

    private static void awaitHello(MulticastSocket ear, String fingerprint) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
        String heard;
        do {
            ear.receive(packet);
            heard = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.ISO_8859_1);
            packet.setLength(2048);
        } while (!heard.contains("desk-") || !heard.contains("fp=" + fingerprint));
    }

    @Test
    void isFoundOnceByWhoAsksInBothWays() throws Exception {
        try (Advertisement advertisement = advertise(EnumSet.allOf(How.class))) {
            assertThat(advertisement.addresses()).hasSize(2);

            List<FoundServer> found = Discovery.in(Loopback.networks(), Duration.ofSeconds(3), troubles::add);

            assertThat(found).singleElement().satisfies(server -> {
                assertThat(server.name()).startsWith("desk-");
                assertThat(server.address()).isEqualTo(Loopback.ADDRESS);
                assertThat(server.port()).isEqualTo(23456);
                assertThat(server.level()).contains("pysksync 2");
                assertThat(server.fingerprint()).contains("SHA256:" + "0f".repeat(32));
                assertThat(server.how()).containsExactlyInAnyOrder(How.SSDP, How.MDNS);
            });
            assertThat(troubles).isEmpty();
        }
    }

    @Test
    void isFoundWhileSomebodySendsNonsense() throws Exception {
        long seed = Long.getLong("sksync.seed", new Random().nextLong());
        Random random = new Random(seed);
        byte[] told = new MdnsAnswers(
                        new MachineName("other"), new Offer(1, Optional.of("pysksync 2"), Optional.empty()))
                .hello(Loopback.ADDRESS)
                .orElseThrow();
        AtomicBoolean over = new AtomicBoolean();
        try (Advertisement advertisement = advertise(EnumSet.of(How.SSDP));
                MulticastSocket sender = new MulticastSocket(0)) {
            assertThat(advertisement.addresses()).hasSize(1);
            sender.setNetworkInterface(NetworkInterface.getByInetAddress(Loopback.ADDRESS));
            Thread sending = new Thread(() -> {
                for (int sent = 0; sent < 5000 && !over.get(); sent++) {
                    sendChanged(sender, told, random);
                }
            });
            sending.start();

            List<FoundServer> found = Discovery.in(Loopback.networks(), Duration.ofSeconds(2), troubles::add);
            over.set(true);
            sending.join();

            assertThat(found).as("-Dsksync.seed=%d", seed).anySatisfy(server -> assertThat(server.how())
                    .containsExactly(How.SSDP));
        }
    }

    /** Sends a copy with some of its bytes replaced. */
    private static void sendChanged(MulticastSocket sender, byte[] told, Random random) {
        byte[] bytes = told.clone();
        for (int change = random.nextInt(8); change >= 0; change--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        try {
            sender.send(new DatagramPacket(bytes, bytes.length, Mdns.group().address()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void saysThatThereIsNobodyToAskWithoutANetwork() {
        assertThatThrownBy(() -> Discovery.in(List.of(), Duration.ofSeconds(1), troubles::add))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("in no network");
    }
}
