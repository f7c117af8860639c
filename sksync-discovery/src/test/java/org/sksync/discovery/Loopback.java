package org.sksync.discovery;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.util.List;
import org.sksync.discovery.group.Group;
import org.sksync.discovery.group.Network;

/** The machine's own network, taken for one that others are in. */
final class Loopback {

    static final Inet4Address ADDRESS = (Inet4Address) InetAddress.getLoopbackAddress();

    private Loopback() {}

    static List<Network> networks() throws IOException {
        return List.of(new Network(NetworkInterface.getByInetAddress(ADDRESS), ADDRESS, 8, true));
    }

    /** Returns the group, heard on a free port of loopback alone. */
    static Group unicast(Group group) {
        return new Group(group.address(), new InetSocketAddress(ADDRESS, 0), group.timeToLive());
    }
}
