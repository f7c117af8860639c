package org.sksync.testkit.chaos;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import org.sksync.testkit.Side;

/**
 * Proxy on the loopback address between real peers. Each connection has the {@link Weather} that was set when it came.
 * Thread-safe.
 */
public final class ChaosProxy implements AutoCloseable {
    private final ServerSocket listening;
    private final int target;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "chaos proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<Route> routes = ConcurrentHashMap.newKeySet();
    private final AtomicLong fromClients = new AtomicLong();
    private final AtomicLong fromServer = new AtomicLong();
    private volatile Weather weather = Weather.CALM;

    private ChaosProxy(ServerSocket listening, int target) {
        this.listening = listening;
        this.target = target;
    }

    /**
     * Starts a proxy on a free port; the weather is calm.
     *
     * @param port the server's port on the loopback address
     * @throws IOException if it can't listen
     */
    public static ChaosProxy before(int port) throws IOException {
        ChaosProxy proxy = new ChaosProxy(new ServerSocket(0, 0, InetAddress.getLoopbackAddress()), port);
        proxy.threads.execute(proxy::accept);
        return proxy;
    }

    /** Returns the port that clients connect to. */
    public int port() {
        return listening.getLocalPort();
    }

    /** Sets the weather of connections that are yet to come. */
    public void weather(Weather next) {
        weather = next;
    }

    /** Returns how many bytes of a side have been handed over, on all connections together. */
    public long handedOver(Side sender) {
        return countOf(sender).get();
    }

    /**
     * Waits until no connection is left.
     *
     * @throws AssertionError if one is when the time is over
     * @throws InterruptedException if the thread was interrupted
     */
    public synchronized void awaitQuiet(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        for (long left = limit.toNanos(); !routes.isEmpty() && left > 0; left = end - System.nanoTime()) {
            wait(NANOSECONDS.toMillis(left) + 1);
        }
        if (!routes.isEmpty()) {
            throw new AssertionError(routes.size() + " connections are left after " + limit);
        }
    }

    /** Resets the connections that are left and ends the threads. */
    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            throw new IllegalStateException("a socket can't be closed", e);
        }
        routes.forEach(Route::reset);
        threads.shutdownNow();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                open(listening.accept());
            } catch (IOException | RejectedExecutionException e) {
                // Closed, or the client has gone before it was served: the next one may come.
            }
        }
    }

    private void open(Socket client) throws IOException {
        Weather now = weather;
        Socket server = new Socket();
        try {
            server.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            server.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
        } catch (IOException e) {
            Route.close(client);
            Route.close(server);
            throw e;
        }
        Route route = new Route(client, server, this::forget);
        routes.add(route);
        threads.execute(new Relay(route, Side.CLIENT, now, fromClients::addAndGet));
        threads.execute(new Relay(route, Side.SERVER, now, fromServer::addAndGet));
    }

    private synchronized void forget(Route route) {
        routes.remove(route);
        notifyAll();
    }

    private AtomicLong countOf(Side sender) {
        return sender == Side.CLIENT ? fromClients : fromServer;
    }
}
