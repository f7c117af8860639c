package org.sksync.discovery.mdns;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import javax.jmdns.JmDNS;
import javax.jmdns.ServiceEvent;
import javax.jmdns.ServiceInfo;
import javax.jmdns.ServiceListener;
import org.jspecify.annotations.Nullable;
import org.sksync.discovery.group.Network;
import org.sksync.discovery.offer.Offer;

/** Looks for daemons from when it is opened until it is closed, by threads of jmdns. */
public final class MdnsSearch implements AutoCloseable {

    private static final String TYPE = Mdns.SERVICE + ".";

    /** How long one service's details are waited for before the next one has its turn. */
    private static final long DETAILS_MILLIS = 200;

    private final CountDownLatch over = new CountDownLatch(1);
    private final MachineName name;
    private final Consumer<MdnsFind> found;
    private final Consumer<String> trouble;

    private MdnsSearch(MachineName name, Consumer<MdnsFind> found, Consumer<String> trouble) {
        this.name = name;
        this.found = found;
        this.trouble = trouble;
    }

    /**
     * Begins to look in these networks, without waiting for anything.
     *
     * @param name what this machine is called there meanwhile
     * @param found told of each daemon, again when more is known of it; called by threads of jmdns
     * @param trouble told one sentence of a network that can't be looked in; called by any thread
     */
    public static MdnsSearch open(
            List<Network> networks, MachineName name, Consumer<MdnsFind> found, Consumer<String> trouble) {
        MdnsSearch search = new MdnsSearch(name, found, trouble);
        ThreadGroup threads = new Threads(trouble);
        for (Network network : networks) {
            if (network.reachesGroups()) {
                Thread looking = new Thread(threads, () -> search.look(network), "sksync-mdns");
                looking.setDaemon(true);
                looking.start();
            }
        }
        return search;
    }

    /** Looks in one network until the search is over; to begin and to end take jmdns a second or two. */
    private void look(Network network) {
        try {
            // With a name of its own, so that jmdns does not look up one and wait for a name server.
            InetAddress named =
                    InetAddress.getByAddress(name.text(), network.own().getAddress());
            try (JmDNS jmdns = JmDNS.create(named, name.text())) {
                jmdns.addServiceListener(TYPE, new Listener(found));
                over.await();
            }
        } catch (IOException e) {
            trouble.accept("mDNS on " + network.device().getName() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops looking; what jmdns still has to do then is left to threads that hold up nobody. */
    @Override
    public void close() {
        over.countDown();
    }

    /** The threads of jmdns, which end by what it can't read: that is no fault of this program. */
    private static final class Threads extends ThreadGroup {

        private final Consumer<String> trouble;

        Threads(Consumer<String> trouble) {
            super("sksync-mdns");
            this.trouble = trouble;
        }

        @Override
        public void uncaughtException(Thread thread, Throwable cause) {
            if (cause instanceof RuntimeException) {
                trouble.accept("mDNS: somebody in the network sends what can't be read, so not everything is found");
            } else {
                super.uncaughtException(thread, cause);
            }
        }
    }

    /** Asks for what a service's first sign does not tell, and passes on what is known. */
    private static final class Listener implements ServiceListener {

        private final Consumer<MdnsFind> found;

        Listener(Consumer<MdnsFind> found) {
            this.found = found;
        }

        @Override
        public void serviceAdded(ServiceEvent event) {
            tell(event.getName(), event.getDNS().getServiceInfo(event.getType(), event.getName(), DETAILS_MILLIS));
        }

        @Override
        public void serviceRemoved(ServiceEvent event) {
            // It was there when this search began, and whoever connects will see.
        }

        @Override
        public void serviceResolved(ServiceEvent event) {
            tell(event.getName(), event.getInfo());
        }

        private void tell(String name, @Nullable ServiceInfo info) {
            if (info != null && info.hasData()) {
                find(name, info).ifPresent(found);
            }
        }
    }

    private static Optional<MdnsFind> find(String name, ServiceInfo info) {
        List<Inet4Address> addresses = List.of(info.getInet4Addresses());
        Optional<Offer> offer = Offer.ofPeer(
                info.getPort(),
                Optional.ofNullable(info.getPropertyString(Mdns.LEVEL)),
                Optional.ofNullable(info.getPropertyString(Mdns.FINGERPRINT)));
        return addresses.isEmpty() ? Optional.empty() : offer.map(each -> new MdnsFind(name, addresses, each));
    }
}
