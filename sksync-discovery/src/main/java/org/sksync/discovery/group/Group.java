package org.sksync.discovery.group;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Where questions are asked.
 *
 * @param address the group and its port
 * @param bind what the socket is bound to; its port is the group's, but for tests
 * @param timeToLive how many networks a datagram to the group may cross
 */
public record Group(InetSocketAddress address, InetSocketAddress bind, int timeToLive) {

    /** Returns a group whose datagrams are heard on all addresses. */
    public static Group of(InetAddress address, int port, int timeToLive) {
        return new Group(new InetSocketAddress(address, port), new InetSocketAddress(port), timeToLive);
    }
}
