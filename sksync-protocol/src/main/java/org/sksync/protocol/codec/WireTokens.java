package org.sksync.protocol.codec;

/** The fixed words of the wire. */
final class WireTokens {

    static final String LOGIN_START = "PYSKSYNC SRP START:";
    static final String ESTABLISHED = "Protocol Established";
    static final String MD5 = "md5";

    private WireTokens() {}
}
