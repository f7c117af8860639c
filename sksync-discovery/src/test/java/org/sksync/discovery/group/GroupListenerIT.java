package org.sksync.discovery.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A listener on loopback, with a clock that stands still until it is told otherwise. */
class GroupListenerIT {

    private static final Inet4Address OWN = (Inet4Address) InetAddress.getLoopbackAddress();
    private static final long MINUTE = 60_000_000_000L;

    private final AtomicLong now = new AtomicLong();
    private final AtomicReference<List<Network>> networks = new AtomicReference<>(List.of(loopback(8)));

    GroupListenerIT() throws Exception {}

    private static Network loopback(int prefixBits) throws Exception {
        return new Network(NetworkInterface.getByInetAddress(OWN), OWN, prefixBits, false);
    }

    /** Says everything once more. */
    private static final class Echo implements Answers {

        @Override
        public Audience audience() {
            return Audience.ASKER;
        }

        @Override
        public int maxBytes() {
            return 10;
        }

        @Override
        public Optional<byte[]> answer(byte[] datagram, Asker asker) {
            return Optional.of(datagram);
        }

        @Override
        public Optional<byte[]> hello(Inet4Address own) {
            return Optional.empty();
        }

        @Override
        public Optional<byte[]> goodbye(Inet4Address own) {
            return Optional.empty();
        }
    }

    private GroupListener listen() throws IOException {
        return GroupListener.start(
                "test",
                new Group(new InetSocketAddress("239.255.255.250", 1900), new InetSocketAddress(OWN, 0), 1),
                networks::get,
                new Echo(),
                now::get,
                trouble -> {
                    throw new AssertionError(trouble);
                });
    }

    private static DatagramSocket asker(int last) throws IOException {
        return new DatagramSocket(
                new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last}), 0));
    }

    private static void ask(DatagramSocket asker, GroupListener listener, int length) throws IOException {
        asker.send(new DatagramPacket(new byte[length], length, listener.address()));
    }

    private static boolean isAnswered(DatagramSocket asker, int millis) throws IOException {
        asker.setSoTimeout(millis);
        try {
            asker.receive(new DatagramPacket(new byte[100], 100));
            return true;
        } catch (SocketTimeoutException e) {
            return false;
        }
    }

    private static void assertAnswered(DatagramSocket asker) throws IOException {
        assertThat(isAnswered(asker, 30_000)).isTrue();
    }

    private static void assertNotAnswered(DatagramSocket asker) throws IOException {
        assertThat(isAnswered(asker, 1)).isFalse();
    }

    @Test
    void answersOneAskerTwiceASecondHoweverOftenItAsks() throws Exception {
        try (GroupListener listener = listen();
                DatagramSocket flood = asker(1);
                DatagramSocket honest = asker(2)) {
            for (int count = 0; count < 50; count++) {
                ask(flood, listener, 1);
            }
            ask(honest, listener, 1);

            assertAnswered(honest);
            assertAnswered(flood);
            assertAnswered(flood);
            assertNotAnswered(flood);
        }
    }

    @Test
    void answersAllTogetherTenTimesASecond() throws Exception {
        try (GroupListener listener = listen();
                DatagramSocket late = asker(200)) {
            for (int last = 1; last <= 5; last++) {
                try (DatagramSocket asker = asker(last)) {
                    ask(asker, listener, 1);
                    ask(asker, listener, 1);
                    assertAnswered(asker);
                    assertAnswered(asker);
                }
            }
            ask(late, listener, 1);
            assertNotAnswered(late);
            now.addAndGet(MINUTE);

            await().until(() -> {
                ask(late, listener, 1);
                return isAnswered(late, 100);
            });
        }
    }

    @Test
    void passesOverWhatIsTooLong() throws Exception {
        try (GroupListener listener = listen();
                DatagramSocket asker = asker(1)) {
            ask(asker, listener, 11);
            ask(asker, listener, 10);

            assertAnswered(asker);
            assertNotAnswered(asker);
        }
    }

    @Test
    void isSilentToStrangersUntilItComesToTheirNetwork() throws Exception {
        networks.set(List.of(loopback(32)));
        try (GroupListener listener = listen();
                DatagramSocket stranger = asker(2);
                DatagramSocket neighbour = asker(1)) {
            ask(stranger, listener, 1);
            ask(neighbour, listener, 1);
            assertAnswered(neighbour);
            assertNotAnswered(stranger);

            networks.set(List.of(loopback(8)));
            now.addAndGet(MINUTE);

            await().until(() -> {
                ask(stranger, listener, 1);
                return isAnswered(stranger, 100);
            });
        }
    }
}
