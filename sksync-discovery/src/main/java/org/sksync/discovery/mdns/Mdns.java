package org.sksync.discovery.mdns;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.sksync.discovery.group.Group;

/** The words of the service. */
public final class Mdns {

    static final String SERVICE = "_sksync._tcp.local";
    /** What lists the kinds of services there are (RFC 6763, 9). */
    static final String SERVICES = "_services._dns-sd._udp.local";

    static final String DOMAIN = ".local";
    static final String LEVEL = "level";
    static final String FINGERPRINT = "fp";
    static final String TLS = "tls";

    private static final byte[] ADDRESS = {(byte) 224, 0, 0, (byte) 251};
    private static final int PORT = 5353;
    private static final int TIME_TO_LIVE = 255;

    private Mdns() {}

    /** Returns where questions are asked. */
    public static Group group() {
        try {
            return Group.of(InetAddress.getByAddress(ADDRESS), PORT, TIME_TO_LIVE);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
