package org.sksync.discovery.ssdp;

import java.net.Inet4Address;
import org.sksync.discovery.offer.Offer;

/**
 * A daemon that answered a search.
 *
 * @param address where it says that it listens
 * @param offer what it says of itself
 */
public record SsdpFind(Inet4Address address, Offer offer) {}
