package org.sksync.discovery.ssdp;

/** Searches as they are seen on networks. */
final class Searches {

    /** As pysksync's scan sends it. */
    static final String PYSKSYNC = """
            M-SEARCH * HTTP/1.1\r
            HOST: 239.255.255.250:1900\r
            MAN: ssdp:discover\r
            ST: urn:schemas-upnp-org:service:sksync:1\r
            MX: 3\r
            \r
            """;

    /** As UPnP's own libraries send it. */
    static final String STANDARD = PYSKSYNC.replace("ssdp:discover", "\"ssdp:discover\"");

    private Searches() {}
}
