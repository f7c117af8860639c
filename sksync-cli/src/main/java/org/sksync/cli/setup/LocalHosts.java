package org.sksync.cli.setup;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The names and addresses by which other machines may reach this one. */
public final class LocalHosts {

    private LocalHosts() {}

    /**
     * Returns them, those most likely to work in front: IPv4 addresses, the machine's name, IPv6 addresses; none of
     * loopback, and none that counts on one link alone. May ask the network for the name, and then take a few seconds.
     */
    public static List<String> find() {
        List<String> ipv4 = new ArrayList<>();
        List<String> ipv6 = new ArrayList<>();
        for (InetAddress address : addresses()) {
            if (address.isLoopbackAddress() || address.isLinkLocalAddress() || address.isMulticastAddress()) {
                continue;
            }
            String text = withoutZone(address.getHostAddress());
            (address instanceof Inet4Address ? ipv4 : ipv6).add(text);
        }
        Set<String> hosts = new LinkedHashSet<>(ipv4);
        String name = name();
        if (Invitation.isHost(name) && !name.equals("localhost")) {
            hosts.add(name);
        }
        hosts.addAll(ipv6);
        return List.copyOf(hosts);
    }

    private static List<InetAddress> addresses() {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(LocalHosts::isUp)
                    .flatMap(NetworkInterface::inetAddresses)
                    .toList();
        } catch (SocketException e) {
            // A machine without a network; its name may still serve.
            return List.of();
        }
    }

    private static boolean isUp(NetworkInterface network) {
        try {
            return network.isUp();
        } catch (SocketException e) {
            return false;
        }
    }

    private static String name() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            // Nobody here knows its address, so others will not either.
            return "";
        }
    }

    private static String withoutZone(String address) {
        int zone = address.indexOf('%');
        return zone < 0 ? address : address.substring(0, zone);
    }
}
