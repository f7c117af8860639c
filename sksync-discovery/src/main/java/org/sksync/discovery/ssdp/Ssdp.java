package org.sksync.discovery.ssdp;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.sksync.discovery.group.Group;

/** The words of the exchange, which pysksync fixed (docs/protocol.md). */
public final class Ssdp {

    /** What is searched for. */
    static final String TARGET = "urn:schemas-upnp-org:service:sksync:1";

    static final String SEARCH_LINE = "M-SEARCH * HTTP/1.1";
    static final String FOUND_LINE = "HTTP/1.1 200 OK";
    static final String TARGET_HEADER = "st";
    static final String LOCATION_HEADER = "location";
    static final String LEVEL_HEADER = "level";
    static final String FINGERPRINT_HEADER = "fp";

    private static final byte[] ADDRESS = {(byte) 239, (byte) 255, (byte) 255, (byte) 250};
    private static final int PORT = 1900;
    /** As pysksync's: a search may cross one router. */
    private static final int TIME_TO_LIVE = 2;

    private Ssdp() {}

    /** Returns where searches are sent to. */
    public static Group group() {
        try {
            return Group.of(InetAddress.getByAddress(ADDRESS), PORT, TIME_TO_LIVE);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
