package org.sksync.discovery.ssdp;

/** Answers as they are seen on networks. */
final class Finds {

    /** As pysksync's server answers. */
    static final String PYSKSYNC = """
            HTTP/1.1 200 OK\r
            Cache-Control:max-age=900\r
            Host:239.255.255.250:1900\r
            Location:192.168.1.5:23456\r
            ST:urn:schemas-upnp-org:service:sksync:1\r
            NT:upnp:rootdevice\r
            USN:uuid:00000000-0000-0000-0000-000000000000::upnp:rootdevice\r
            NTS:ssdp:alive\r
            SERVER:Linux-3.10 UPnP/1.1 pysksync (desk)/1.0\r
            \r
            """;

    private Finds() {}
}
