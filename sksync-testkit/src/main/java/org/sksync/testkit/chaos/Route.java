package org.sksync.testkit.chaos;

import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.sksync.testkit.Side;

/** A client's connection to the proxy and the proxy's own to the server. Thread-safe. */
final class Route {
    private final Socket client;
    private final Socket server;
    private final Consumer<Route> onEnd;
    private final AtomicInteger waysLeft = new AtomicInteger(2);

    Route(Socket client, Socket server, Consumer<Route> onEnd) {
        this.client = client;
        this.server = server;
        this.onEnd = onEnd;
    }

    Socket socketOf(Side side) {
        return side == Side.CLIENT ? client : server;
    }

    void reset() {
        reset(client);
        reset(server);
    }

    /** Closes both connections once nothing can come any more either way. */
    void oneWayEnded() {
        if (waysLeft.decrementAndGet() == 0) {
            close(client);
            close(server);
            onEnd.accept(this);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException e) {
            // Closed already, by the other direction.
        }
        close(socket);
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("a socket can't be closed", e);
        }
    }
}
