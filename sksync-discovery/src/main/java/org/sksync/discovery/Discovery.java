package org.sksync.discovery;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.sksync.discovery.group.Network;
import org.sksync.discovery.mdns.MachineName;
import org.sksync.discovery.mdns.MdnsSearch;
import org.sksync.discovery.ssdp.Ssdp;
import org.sksync.discovery.ssdp.SsdpSearch;

/** Finds daemons. Nothing of what it finds is authenticated: connect with a fingerprint that came another way. */
public final class Discovery {

    /** The UDP port on which daemons hear a search that goes to them alone. */
    public static final int ASK_PORT = 1900;

    private static final int DISTINCT_BYTES = 16;

    private Discovery() {}

    /**
     * Asks everybody in the machine's networks, by SSDP and mDNS at the same time.
     *
     * @param time for how long answers are waited for
     * @param trouble told one sentence of a network that can't be asked; called by any thread
     * @return each daemon once
     * @throws IOException if nobody can be asked at all
     */
    public static List<FoundServer> everywhere(Duration time, Consumer<String> trouble) throws IOException {
        return in(Network.ofMachine(), time, trouble);
    }

    /** As {@link #everywhere}, in these networks. */
    static List<FoundServer> in(List<Network> networks, Duration time, Consumer<String> trouble) throws IOException {
        if (networks.stream().noneMatch(Network::reachesGroups)) {
            throw new IOException("this machine is in no network in which it could ask everybody (expected: an"
                    + " interface that is up and has an IPv4 address and multicast)");
        }
        Sightings sightings = new Sightings();
        byte[] distinct = new byte[DISTINCT_BYTES];
        new SecureRandom().nextBytes(distinct);
        MachineName scanner = MachineName.of("sksync-scan", distinct);
        try (SsdpSearch ssdp = SsdpSearch.open(Ssdp.group())) {
            MdnsSearch mdns = MdnsSearch.open(networks, scanner, sightings::add, trouble);
            try {
                ssdp.askAll(networks, time, sightings::add);
            } finally {
                mdns.close();
            }
        }
        return sightings.servers();
    }

    /**
     * Asks one machine, by SSDP.
     *
     * @param host where it is; {@link #ASK_PORT}, but for tests
     * @param time for how long its answer is waited for
     * @return what answered: nothing, or in most cases one daemon
     * @throws IOException if it can't be asked
     */
    public static List<FoundServer> ask(InetSocketAddress host, Duration time) throws IOException {
        Sightings sightings = new Sightings();
        try (SsdpSearch ssdp = SsdpSearch.open(Ssdp.group())) {
            ssdp.ask(host, time, sightings::add);
        }
        return sightings.servers();
    }
}
