package org.sksync.discovery.group;

import java.net.Inet4Address;
import java.net.InetSocketAddress;

/**
 * Who sent a datagram: a machine on one of our networks.
 *
 * @param from where it came from; nobody vouches for it
 * @param own our own address in that network
 */
public record Asker(InetSocketAddress from, Inet4Address own) {}
