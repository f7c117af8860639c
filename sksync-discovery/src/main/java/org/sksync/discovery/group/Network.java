package org.sksync.discovery.group;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An IPv4 network that this machine is on.
 *
 * @param device what leads into it
 * @param own this machine's address there
 * @param prefixBits 0..32; how many bits its addresses share
 * @param reachesGroups whether multicast is sent and heard there
 */
public record Network(NetworkInterface device, Inet4Address own, int prefixBits, boolean reachesGroups) {

    /** No net is wider: 10.0.0.0/8 is the widest private one. */
    private static final int SHORTEST_PREFIX = 8;
    /** A net of this many bits or more has no broadcast address. */
    private static final int POINT_TO_POINT_BITS = 31;

    /** Checks the number of bits. */
    public Network {
        if (prefixBits < 0 || prefixBits > Integer.SIZE) {
            throw new IllegalArgumentException("prefixBits: " + prefixBits + " (expected: 0..32)");
        }
    }

    /** Returns the networks that the machine is on now, this machine's own (127.0.0.0/8) among them. */
    public static List<Network> ofMachine() throws SocketException {
        List<Network> networks = new ArrayList<>();
        for (NetworkInterface device : NetworkInterface.networkInterfaces().toList()) {
            if (device.isUp()) {
                addOf(device, networks);
            }
        }
        return networks;
    }

    private static void addOf(NetworkInterface device, List<Network> networks) throws SocketException {
        boolean reachesGroups = device.supportsMulticast() && !device.isLoopback();
        for (InterfaceAddress address : device.getInterfaceAddresses()) {
            if (address.getAddress() instanceof Inet4Address own) {
                networks.add(new Network(device, own, trusted(address.getNetworkPrefixLength()), reachesGroups));
            }
        }
    }

    /** Some systems don't know the length and say 0, or nonsense: that must not make the whole world neighbours. */
    private static int trusted(int prefixBits) {
        return prefixBits < SHORTEST_PREFIX || prefixBits > Integer.SIZE ? Integer.SIZE : prefixBits;
    }

    /** Returns the network that an address belongs to, of several the narrowest; empty for strangers from afar. */
    static Optional<Network> of(InetAddress address, List<Network> networks) {
        Optional<Network> found = Optional.empty();
        for (Network network : networks) {
            if (network.holds(address) && (found.isEmpty() || found.get().prefixBits() < network.prefixBits())) {
                found = Optional.of(network);
            }
        }
        return found;
    }

    /** Returns whether that is the address of one machine in this network. */
    boolean holds(InetAddress address) {
        if (!(address instanceof Inet4Address)) {
            return false;
        }
        int hostMask = prefixBits == 0 ? -1 : (int) ((1L << (Integer.SIZE - prefixBits)) - 1);
        int asked = bits(address);
        if (((asked ^ bits(own)) & ~hostMask) != 0) {
            return false;
        }
        int host = asked & hostMask;
        return prefixBits >= POINT_TO_POINT_BITS || (host != 0 && host != hostMask);
    }

    private static int bits(InetAddress address) {
        int bits = 0;
        for (byte part : address.getAddress()) {
            bits = bits << Byte.SIZE | (part & 0xff);
        }
        return bits;
    }
}
