package org.sksync.server.auth;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * Where a client connects from, as far as limits tell clients apart: an IPv4 address, or the /64 of an IPv6 address,
 * since whoever has one address of that has all of them.
 *
 * @param ipv6 whether it is a /64
 * @param bits the address, or the first half of it
 */
public record ClientNetwork(boolean ipv6, long bits) {

    /** Returns the network of an address. */
    public static ClientNetwork of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet6Address
                ? new ClientNetwork(true, bytes.getLong())
                : new ClientNetwork(false, Integer.toUnsignedLong(bytes.getInt()));
    }
}
