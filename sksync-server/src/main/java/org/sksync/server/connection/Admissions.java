package org.sksync.server.connection;

import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sksync.server.auth.ClientNetwork;
import org.sksync.server.config.DaemonLimits;

/**
 * Decides who may connect. Where there is no place left, the connection that has been here longest without being
 * admitted makes room, of the same network where that is the one that is full: whoever holds connections open without
 * getting on loses them, and one who comes to sync gets in. Where all are admitted the new one is refused. Safe on any
 * thread.
 *
 * @param <C> a connection, told apart by identity or equality
 */
final class Admissions<C> {

    /** Whether a connection may stay. */
    sealed interface Decision<C> {

        /**
         * It may.
         *
         * @param pushedOut the connection that has to make room, which is not counted any more
         */
        record Accepted<C>(Optional<C> pushedOut) implements Decision<C> {}

        /**
         * It may not.
         *
         * @param limit the configuration's key of the limit that is reached
         * @param bound the limit
         */
        record Refused<C>(String limit, int bound) implements Decision<C> {

            /** Returns the limit, for the log. */
            String why() {
                return limit + " (" + bound + ") is reached";
            }
        }
    }

    private static final class Network<C> {
        private int connections;
        private final Set<C> unadmitted = new LinkedHashSet<>();
    }

    private final Supplier<DaemonLimits> inForce;
    private final Map<C, ClientNetwork> connections = new HashMap<>();
    private final Map<C, ClientNetwork> unadmitted = new LinkedHashMap<>();
    private final Map<ClientNetwork, Network<C>> networks = new HashMap<>();

    /** Creates one that asks for the limits at each arrival; those that are here already stay when they shrink. */
    Admissions(Supplier<DaemonLimits> inForce) {
        this.inForce = inForce;
    }

    /** Decides on a new connection, and counts it if it may stay. */
    synchronized Decision<C> arrived(C connection, ClientNetwork from) {
        DaemonLimits limits = inForce.get();
        Network<C> network = networks.get(from);
        Optional<C> pushedOut = Optional.empty();
        if (network != null && network.connections >= limits.maxConnectionsPerAddress()) {
            pushedOut = oldest(network.unadmitted);
            if (pushedOut.isEmpty()) {
                return new Decision.Refused<>("max_connections_per_address", limits.maxConnectionsPerAddress());
            }
        } else if (connections.size() >= limits.maxConnections() || unadmitted.size() >= limits.maxUnadmitted()) {
            pushedOut = oldest(unadmitted.keySet());
            if (pushedOut.isEmpty()) {
                return new Decision.Refused<>("max_connections", limits.maxConnections());
            }
        }
        pushedOut.ifPresent(this::left);
        connections.put(connection, from);
        unadmitted.put(connection, from);
        Network<C> counted = networks.computeIfAbsent(from, key -> new Network<>());
        counted.connections++;
        counted.unadmitted.add(connection);
        return new Decision.Accepted<>(pushedOut);
    }

    /** Takes note that a connection's client has shown what it is here for. */
    synchronized void admitted(C connection) {
        ClientNetwork from = unadmitted.remove(connection);
        if (from != null) {
            networkOf(from).unadmitted.remove(connection);
        }
    }

    /** Takes note that a connection is gone; harmless where it is not counted. */
    synchronized void left(C connection) {
        admitted(connection);
        ClientNetwork from = connections.remove(connection);
        if (from != null) {
            Network<C> network = networkOf(from);
            network.connections--;
            if (network.connections == 0) {
                networks.remove(from);
            }
        }
    }

    private Network<C> networkOf(ClientNetwork from) {
        @Nullable Network<C> network = networks.get(from);
        if (network == null) {
            throw new IllegalStateException("a connection that is counted has a network");
        }
        return network;
    }

    private static <C> Optional<C> oldest(Set<C> inOrder) {
        Iterator<C> first = inOrder.iterator();
        return first.hasNext() ? Optional.of(first.next()) : Optional.empty();
    }
}
