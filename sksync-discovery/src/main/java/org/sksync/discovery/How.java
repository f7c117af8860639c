package org.sksync.discovery;

/** A way by which daemons are found. */
public enum How {
    /** Searches and answers over UDP port 1900, as pysksync has them. */
    SSDP,
    /** Multicast DNS over UDP port 5353, as desktops and phones have it. */
    MDNS
}
