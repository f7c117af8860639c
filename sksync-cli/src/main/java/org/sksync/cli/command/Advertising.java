package org.sksync.cli.command;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sksync.config.ServerSettings;
import org.sksync.discovery.Advertisement;
import org.sksync.discovery.Announcement;
import org.sksync.discovery.How;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.transport.tls.Fingerprint;

/** Has the network know of the daemon where the configuration asks for that. Thread-safe. */
final class Advertising {

    private final ServerSettings settings;
    private final ListenAddress address;
    private final int port;
    private Optional<Fingerprint> fingerprint;
    private @Nullable Advertisement advertisement;

    /**
     * Prepares it; nothing is told yet.
     *
     * @param settings what the daemon has started with
     * @param port where it listens
     * @param fingerprint its certificate's
     */
    Advertising(ServerSettings settings, ListenAddress address, int port, Optional<Fingerprint> fingerprint) {
        this.settings = settings;
        this.address = address;
        this.port = port;
        this.fingerprint = fingerprint;
    }

    /** Advertises until the process ends; what can't be is a warning. */
    void untilTheEnd(Terminal terminal) {
        Set<How> how = ways(settings);
        if (how.isEmpty()) {
            return;
        }
        Optional<String> obstacle = obstacle(address);
        if (obstacle.isPresent()) {
            terminal.warn(obstacle.get());
            return;
        }
        Advertisement begun = begin(how, hostName(how), terminal);
        try {
            Runtime.getRuntime().addShutdownHook(new Thread(begun::close));
        } catch (IllegalStateException e) {
            // The process ends already.
            begun.close();
        }
    }

    private synchronized Advertisement begin(Set<How> how, String hostName, Terminal terminal) {
        Advertisement begun =
                Advertisement.start(announcement(how, hostName, address, port, fingerprint), terminal::warn);
        advertisement = begun;
        return begun;
    }

    /** Has the network know of another certificate, or of none, from now on. */
    synchronized void renew(Optional<Fingerprint> other) {
        fingerprint = other;
        if (advertisement != null) {
            advertisement.renew(other.map(Fingerprint::text));
        }
    }

    static Set<How> ways(ServerSettings settings) {
        Set<How> how = EnumSet.noneOf(How.class);
        if (settings.ssdpAdvertise()) {
            how.add(How.SSDP);
        }
        if (settings.mdnsAdvertise()) {
            how.add(How.MDNS);
        }
        return how;
    }

    /** Returns why a daemon that listens there is not advertised; empty where it is. */
    static Optional<String> obstacle(ListenAddress address) {
        InetAddress listens = address.asked().getAddress();
        if (address.isLoopback()) {
            return Optional.of("nothing is advertised, since only this machine reaches " + listens.getHostAddress()
                    + "; set host to 0.0.0.0 or to an address in your network, or remove ssdp_advertise and"
                    + " mdns_advertise");
        }
        if (!listens.isAnyLocalAddress() && !(listens instanceof Inet4Address)) {
            return Optional.of("nothing is advertised, since daemons are found over IPv4 and host is "
                    + listens.getHostAddress() + "; set host to an IPv4 address or to 0.0.0.0");
        }
        return Optional.empty();
    }

    static Announcement announcement(
            Set<How> how, String hostName, ListenAddress address, int port, Optional<Fingerprint> fingerprint) {
        InetAddress listens = address.asked().getAddress();
        ProtocolLevel[] levels = ProtocolLevel.values();
        return new Announcement(
                hostName,
                port,
                levels[levels.length - 1].greeting(),
                fingerprint.map(Fingerprint::text),
                listens instanceof Inet4Address one && !one.isAnyLocalAddress() ? Optional.of(one) : Optional.empty(),
                how);
    }

    /** Returns the machine's name; only where it is told, since asking for it can take a name server's time. */
    private static String hostName(Set<How> how) {
        if (!how.contains(How.MDNS)) {
            return "";
        }
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "";
        }
    }
}
