package org.sksync.discovery.ssdp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.sksync.discovery.group.Group;
import org.sksync.discovery.group.Network;
import org.sksync.discovery.offer.Offer;

/** Searches for daemons, and collects their answers. Used by one thread. */
public final class SsdpSearch implements AutoCloseable {

    private static final long MILLI_NANOS = 1_000_000L;
    /** A datagram may get lost; this long after the first search there is a second one. */
    private static final long SECOND_SEARCH_NANOS = 1_000 * MILLI_NANOS;
    /** So many bytes as an answer has more than a search when it tells level and fingerprint. */
    private static final String ROOM = ".".repeat(110);

    private final Group group;
    private final DatagramChannel channel;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocate(SsdpMessage.MAX_BYTES + 1);

    private SsdpSearch(Group group, DatagramChannel channel, Selector selector) {
        this.group = group;
        this.channel = channel;
        this.selector = selector;
    }

    /**
     * Opens the socket that searches.
     *
     * @throws IOException if there is none to be had
     */
    public static SsdpSearch open(Group group) throws IOException {
        Selector selector = Selector.open();
        DatagramChannel channel = DatagramChannel.open(StandardProtocolFamily.INET);
        channel.setOption(StandardSocketOptions.IP_MULTICAST_TTL, group.timeToLive());
        channel.bind(new InetSocketAddress(0));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ);
        return new SsdpSearch(group, channel, selector);
    }

    /**
     * Asks everybody in these networks, and tells of whoever answers until the time is over.
     *
     * @throws IOException if the socket fails
     */
    public void askAll(List<Network> networks, Duration time, Consumer<SsdpFind> found) throws IOException {
        collect(() -> askAll(networks), time, Until.TIME_IS_OVER, found);
    }

    /**
     * Asks one machine, and tells of its answer.
     *
     * @throws IOException if the search can't be sent, or the socket fails
     */
    public void ask(InetSocketAddress one, Duration time, Consumer<SsdpFind> found) throws IOException {
        collect(() -> channel.send(search(one), one), time, Until.FIRST_ANSWER, found);
    }

    /** When a search is over. */
    private enum Until {
        TIME_IS_OVER,
        FIRST_ANSWER
    }

    /** Sending a search. */
    @FunctionalInterface
    private interface Ask {
        void send() throws IOException;
    }

    private void collect(Ask ask, Duration time, Until until, Consumer<SsdpFind> found) throws IOException {
        long begun = System.nanoTime();
        ask.send();
        boolean asksAgain = time.toNanos() > SECOND_SEARCH_NANOS;
        while (true) {
            long passed = System.nanoTime() - begun;
            if (passed >= time.toNanos()) {
                return;
            }
            if (asksAgain && passed >= SECOND_SEARCH_NANOS) {
                asksAgain = false;
                ask.send();
            }
            long wait = (asksAgain ? SECOND_SEARCH_NANOS : time.toNanos()) - passed;
            selector.select(1 + wait / MILLI_NANOS);
            selector.selectedKeys().clear();
            Optional<SsdpFind> answer = receive();
            answer.ifPresent(found);
            if (answer.isPresent() && until == Until.FIRST_ANSWER) {
                return;
            }
        }
    }

    private void askAll(List<Network> networks) {
        Set<String> asked = new HashSet<>();
        for (Network network : networks) {
            if (network.reachesGroups() && asked.add(network.device().getName())) {
                try {
                    channel.setOption(StandardSocketOptions.IP_MULTICAST_IF, network.device());
                    channel.send(search(group.address()), group.address());
                } catch (IOException e) {
                    // A network that is of no use; the others are asked all the same.
                }
            }
        }
    }

    private Optional<SsdpFind> receive() throws IOException {
        buffer.clear();
        InetSocketAddress from = (InetSocketAddress) channel.receive(buffer);
        if (from == null) {
            return Optional.empty();
        }
        byte[] datagram = new byte[buffer.flip().remaining()];
        buffer.get(datagram);
        return read(datagram, from);
    }

    static Optional<SsdpFind> read(byte[] datagram, InetSocketAddress from) {
        Optional<SsdpMessage> answer = SsdpMessage.read(datagram)
                .filter(message -> message.firstLine().equals(Ssdp.FOUND_LINE))
                .filter(message -> message.has(Ssdp.TARGET_HEADER, Ssdp.TARGET));
        Optional<Location> location =
                answer.flatMap(message -> message.header(Ssdp.LOCATION_HEADER)).flatMap(Location::read);
        if (answer.isEmpty() || location.isEmpty()) {
            return Optional.empty();
        }
        Optional<Offer> offer = Offer.ofPeer(
                location.get().port(),
                answer.get().header(Ssdp.LEVEL_HEADER),
                answer.get().header(Ssdp.FINGERPRINT_HEADER));
        return offer.map(each -> new SsdpFind(address(location.get(), from), each));
    }

    /** A pysksync whose machine calls itself 127.0.1.1 tells everybody that; it is where it answered from. */
    private static Inet4Address address(Location location, InetSocketAddress from) {
        return location.isNowhere() && from.getAddress() instanceof Inet4Address sender ? sender : location.address();
    }

    private static ByteBuffer search(InetSocketAddress to) {
        String text = Ssdp.SEARCH_LINE + "\r\nHOST: " + to.getAddress().getHostAddress() + ":" + to.getPort()
                + "\r\nMAN: \"ssdp:discover\"\r\nST: " + Ssdp.TARGET + "\r\nMX: 1\r\nROOM: " + ROOM + "\r\n\r\n";
        return ByteBuffer.wrap(text.getBytes(US_ASCII));
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            selector.close();
        }
    }
}
