package org.sksync.cli.command;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * Where the daemon listens.
 *
 * @param asked the address to listen on; port 0 picks a free one
 */
record ListenAddress(InetSocketAddress asked) {

    /**
     * Looks the host up.
     *
     * @param origin where host and port were set, for the error
     */
    static ListenAddress of(String host, int port, String origin) throws CommandFailure {
        int number = Port.of("--port", port, 0);
        try {
            return new ListenAddress(new InetSocketAddress(InetAddress.getByName(host), number));
        } catch (UnknownHostException e) {
            throw new CommandFailure(
                    ExitCode.USAGE,
                    origin + " is \"" + host + "\", which is unknown; it must be an address or a name of this machine,"
                            + " 0.0.0.0 for all of them");
        }
    }

    /** Returns whether only this machine reaches it. */
    boolean isLoopback() {
        return asked.getAddress().isLoopbackAddress();
    }

    /** Returns {@code HOST:PORT} as asked for, with the port that was picked. */
    String text(InetSocketAddress bound) {
        return NetUtil.toSocketAddressString(new InetSocketAddress(asked.getAddress(), bound.getPort()));
    }
}
