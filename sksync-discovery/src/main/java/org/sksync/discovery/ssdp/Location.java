package org.sksync.discovery.ssdp;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a daemon listens, in the form {@code <ip>:<port>} of the header.
 *
 * @param address a literal one: a name is never looked up for a stranger
 * @param port as it says, not yet checked
 */
record Location(Inet4Address address, int port) {

    private static final String PART = "(\\d{1,3})";
    private static final Pattern FORM =
            Pattern.compile(PART + "\\." + PART + "\\." + PART + "\\." + PART + ":(\\d{1,5})");
    private static final int PARTS = 4;
    private static final int MAX_PART = 255;

    /** Reads a header; empty if it has another form. */
    static Optional<Location> read(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        byte[] bytes = new byte[PARTS];
        for (int part = 0; part < PARTS; part++) {
            int value = Integer.parseInt(matcher.group(part + 1));
            if (value > MAX_PART) {
                return Optional.empty();
            }
            bytes[part] = (byte) value;
        }
        return Optional.of(new Location(address(bytes), Integer.parseInt(matcher.group(PARTS + 1))));
    }

    /** Returns whether nobody but the one who said it can reach the address. */
    boolean isNowhere() {
        return address.isLoopbackAddress() || address.isAnyLocalAddress() || address.isMulticastAddress();
    }

    private static Inet4Address address(byte[] bytes) {
        try {
            return (Inet4Address) InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four bytes are an address", e);
        }
    }
}
