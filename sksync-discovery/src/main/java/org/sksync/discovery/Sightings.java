package org.sksync.discovery;

import java.math.BigInteger;
import java.net.Inet4Address;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.sksync.discovery.mdns.MdnsFind;
import org.sksync.discovery.offer.Offer;
import org.sksync.discovery.ssdp.SsdpFind;

/** What was seen during a search, put together to one server each. Thread-safe. */
final class Sightings {

    /** How many servers are kept of each way; a network has a handful, and who says a million names is no server. */
    static final int MAX_SERVERS = 256;

    private final Map<String, MdnsFind> named = new LinkedHashMap<>();
    private final Map<Place, SsdpFind> placed = new LinkedHashMap<>();

    /** Where a server listens. */
    private record Place(Inet4Address address, int port) {}

    synchronized void add(MdnsFind find) {
        if (named.containsKey(find.name()) || named.size() < MAX_SERVERS) {
            named.merge(find.name(), find, Sightings::fuller);
        }
    }

    /** Returns the later one, unless the earlier told more: jmdns passes on what has come so far. */
    private static MdnsFind fuller(MdnsFind earlier, MdnsFind later) {
        return earlier.offer().level().isPresent() && later.offer().level().isEmpty() ? earlier : later;
    }

    synchronized void add(SsdpFind find) {
        Place place = new Place(find.address(), find.offer().port());
        if (placed.containsKey(place) || placed.size() < MAX_SERVERS) {
            placed.put(place, find);
        }
    }

    /** Returns each server once, by name and address. */
    synchronized List<FoundServer> servers() {
        List<FoundServer> servers = new ArrayList<>();
        Map<Place, SsdpFind> alone = new LinkedHashMap<>(placed);
        for (MdnsFind find : named.values()) {
            Optional<SsdpFind> same = Optional.empty();
            for (Inet4Address address : find.addresses()) {
                Optional<SsdpFind> here = Optional.ofNullable(
                        alone.remove(new Place(address, find.offer().port())));
                same = same.isPresent() ? same : here;
            }
            servers.add(server(find, same));
        }
        for (SsdpFind find : alone.values()) {
            String name = find.address().getHostAddress();
            servers.add(server(name, find.address(), find.offer(), EnumSet.of(How.SSDP)));
        }
        servers.sort(Comparator.comparing(FoundServer::name)
                .thenComparing(server -> new BigInteger(1, server.address().getAddress()))
                .thenComparing(FoundServer::port));
        return servers;
    }

    private static FoundServer server(MdnsFind find, Optional<SsdpFind> same) {
        // The address that answered a search is known to work.
        Inet4Address address =
                same.map(SsdpFind::address).orElse(find.addresses().get(0));
        return server(
                find.name(), address, find.offer(), same.isPresent() ? EnumSet.allOf(How.class) : EnumSet.of(How.MDNS));
    }

    private static FoundServer server(String name, Inet4Address address, Offer offer, Set<How> how) {
        return new FoundServer(
                name, address, offer.port(), offer.level(), offer.fingerprint().map(hex -> "SHA256:" + hex), how);
    }
}
