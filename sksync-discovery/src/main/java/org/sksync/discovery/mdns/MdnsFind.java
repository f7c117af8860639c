package org.sksync.discovery.mdns;

import java.net.Inet4Address;
import java.util.List;
import org.sksync.discovery.offer.Offer;

/**
 * A daemon that the network told of.
 *
 * @param name what it calls itself; its form is not checked
 * @param addresses where it can be reached, at least one
 * @param offer what it says of itself
 */
public record MdnsFind(String name, List<Inet4Address> addresses, Offer offer) {

    /** Takes a copy of the addresses. */
    public MdnsFind {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("addresses: none (expected: at least one)");
        }
    }
}
