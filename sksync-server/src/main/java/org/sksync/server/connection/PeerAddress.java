package org.sksync.server.connection;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A client's address as the log writes it. */
final class PeerAddress {

    private PeerAddress() {}

    static String text(@Nullable InetSocketAddress address) {
        return address == null ? "unknown" : address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
