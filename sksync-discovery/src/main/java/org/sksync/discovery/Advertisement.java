package org.sksync.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.sksync.discovery.group.Answers;
import org.sksync.discovery.group.Group;
import org.sksync.discovery.group.GroupListener;
import org.sksync.discovery.group.Network;
import org.sksync.discovery.group.Networks;
import org.sksync.discovery.mdns.MachineName;
import org.sksync.discovery.mdns.Mdns;
import org.sksync.discovery.mdns.MdnsAnswers;
import org.sksync.discovery.offer.Offer;
import org.sksync.discovery.ssdp.Ssdp;
import org.sksync.discovery.ssdp.SsdpAnswers;

/** Tells a network of a daemon, from its start until it is closed. Thread-safe. */
public final class Advertisement implements AutoCloseable {

    /** One way to tell: who tells it, and who has to know when it changes. */
    private record Way(GroupListener listener, Consumer<Offer> told) {}

    private final List<Way> ways;
    private Announcement announcement;

    private Advertisement(Announcement announcement, List<Way> ways) {
        this.announcement = announcement;
        this.ways = ways;
    }

    /**
     * Begins to tell, by one daemon thread for each way. A way that can't be used is told as trouble, and the other is
     * used all the same.
     *
     * @param trouble told one sentence where something can't be told for the moment, or at all; called by any thread
     */
    public static Advertisement start(Announcement announcement, Consumer<String> trouble) {
        return start(announcement, () -> networks(announcement), Ssdp.group(), Mdns.group(), trouble);
    }

    /** As {@link #start(Announcement, Consumer)}, with what the machine else has. */
    static Advertisement start(
            Announcement announcement, Networks networks, Group ssdp, Group mdns, Consumer<String> trouble) {
        List<Way> ways = new ArrayList<>();
        for (How how : How.values()) {
            if (announcement.how().contains(how)) {
                try {
                    ways.add(
                            switch (how) {
                                case SSDP -> {
                                    SsdpAnswers answers = new SsdpAnswers(announcement.offer());
                                    yield new Way(
                                            listen("sksync-ssdp", ssdp, networks, answers, trouble), answers::renew);
                                }
                                case MDNS -> {
                                    MdnsAnswers answers = mdns(announcement);
                                    yield new Way(
                                            listen("sksync-mdns", mdns, networks, answers, trouble), answers::renew);
                                }
                            });
                } catch (IOException e) {
                    trouble.accept("can't advertise by " + how + ": " + e.getMessage());
                }
            }
        }
        return new Advertisement(announcement, List.copyOf(ways));
    }

    /** Returns where questions are heard, for tests. */
    List<InetSocketAddress> addresses() {
        return ways.stream().map(way -> way.listener().address()).toList();
    }

    /**
     * Tells of another certificate from now on: who asks is answered so, and who listens is told.
     *
     * @param fingerprint as in {@link Announcement}
     * @throws IllegalArgumentException if it has not that form
     */
    public synchronized void renew(Optional<String> fingerprint) {
        if (announcement.fingerprint().equals(fingerprint)) {
            return;
        }
        announcement = announcement.withFingerprint(fingerprint);
        for (Way way : ways) {
            way.told().accept(announcement.offer());
            way.listener().tellAnew();
        }
    }

    /** Says goodbye and stops; returns within some seconds. */
    @Override
    public void close() {
        ways.forEach(way -> way.listener().close());
    }

    private static GroupListener listen(
            String thread, Group group, Networks networks, Answers answers, Consumer<String> trouble)
            throws IOException {
        return GroupListener.start(thread, group, networks, answers, System::nanoTime, trouble);
    }

    private static MdnsAnswers mdns(Announcement announcement) throws SocketException {
        return new MdnsAnswers(MachineName.of(announcement.host(), distinct(announcement)), announcement.offer());
    }

    /** Returns what no other daemon has and stays as it is: the machine's first network device, and the port. */
    private static byte[] distinct(Announcement announcement) throws SocketException {
        ByteArrayOutputStream distinct = new ByteArrayOutputStream();
        distinct.writeBytes(Integer.toString(announcement.port()).getBytes(UTF_8));
        int first = Integer.MAX_VALUE;
        byte[] hardware = new byte[0];
        for (Network network : Network.ofMachine()) {
            byte[] address = network.device().getHardwareAddress();
            if (address != null && network.device().getIndex() < first) {
                first = network.device().getIndex();
                hardware = address;
            }
        }
        distinct.writeBytes(hardware);
        return distinct.toByteArray();
    }

    private static List<Network> networks(Announcement announcement) throws SocketException {
        List<Network> all = Network.ofMachine();
        return announcement.only().isEmpty()
                ? all
                : all.stream()
                        .filter(network ->
                                network.own().equals(announcement.only().get()))
                        .toList();
    }
}
