package org.sksync.discovery.mdns;

/** The numbers of DNS (RFC 1035, 2782) that stand in a service's records. */
final class RecordType {

    static final int A = 1;
    static final int PTR = 12;
    static final int TXT = 16;
    static final int SRV = 33;
    static final int ANY = 255;

    /** How long records may be kept that do not name the host (RFC 6762, 10). */
    static final int LONG_SECONDS = 4500;
    /** How long records may be kept that do. */
    static final int SHORT_SECONDS = 120;

    private RecordType() {}
}
