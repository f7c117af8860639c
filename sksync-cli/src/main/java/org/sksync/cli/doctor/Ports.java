package org.sksync.cli.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import org.sksync.cli.doctor.Finding.Area;
import org.sksync.transport.tls.Fingerprint;

/** The checks of the way to a port: one to listen on here, or one of a server. */
final class Ports {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final byte[] GREETING = "pysksync 2\n".getBytes(StandardCharsets.US_ASCII);
    private static final String WELCOME = "Protocol Established\n";
    private static final String REFUSAL = "\n";

    private Ports() {}

    /**
     * Looks whether the daemon's port is free, or who listens there.
     *
     * @param own the certificate that the daemon shows; empty if it speaks without TLS
     * @param start the command that starts it
     */
    static Finding toListenOn(InetSocketAddress address, Optional<Fingerprint> own, boolean tls, String start) {
        int port = address.getPort();
        if (port == 0) {
            return Finding.ok(Area.NETWORK, "the daemon takes any free port");
        }
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(address);
            return Finding.warn(
                    Area.NETWORK, "port " + port + " is free, so no daemon runs there", "start it with: " + start);
        } catch (IOException taken) {
            InetAddress host = address.getAddress();
            InetSocketAddress here =
                    host.isAnyLocalAddress() ? new InetSocketAddress(InetAddress.getLoopbackAddress(), port) : address;
            return tls ? tlsListener(here, own, String.valueOf(taken.getMessage())) : plainListener(here, taken);
        }
    }

    private static Finding plainListener(InetSocketAddress address, IOException taken) {
        try (Socket socket = connect(address)) {
            socket.getOutputStream().write(GREETING);
            String answer = answer(socket.getInputStream());
            if (answer.equals(WELCOME) || answer.equals(REFUSAL)) {
                return Finding.ok(Area.NETWORK, "an SK Sync daemon listens on port " + address.getPort());
            }
        } catch (IOException e) {
            return stranger(address, String.valueOf(taken.getMessage()));
        }
        return stranger(address, "what listens there does not speak SK Sync without TLS");
    }

    private static String answer(InputStream in) throws IOException {
        return new String(in.readNBytes(1), StandardCharsets.US_ASCII).equals(REFUSAL)
                ? REFUSAL
                : WELCOME.charAt(0) + new String(in.readNBytes(WELCOME.length() - 1), StandardCharsets.US_ASCII);
    }

    private static Finding tlsListener(InetSocketAddress address, Optional<Fingerprint> own, String taken) {
        Onlooker onlooker = new Onlooker();
        try (Socket socket = connect(address)) {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {onlooker}, null);
            try (SSLSocket secure = (SSLSocket)
                    context.getSocketFactory().createSocket(socket, address.getHostString(), address.getPort(), true)) {
                secure.startHandshake();
            }
        } catch (IOException | GeneralSecurityException e) {
            // The onlooker trusts nobody, so it always ends like this; what counts is what it has seen.
            Optional<Fingerprint> shown = onlooker.shown();
            if (shown.isPresent() && shown.equals(own)) {
                return Finding.ok(
                        Area.NETWORK, "the daemon listens on port " + address.getPort() + " with its certificate");
            }
            if (shown.isPresent()) {
                return Finding.bad(
                        Area.NETWORK,
                        "what listens on port " + address.getPort() + " shows another certificate, " + shown.get(),
                        "restart the daemon if the certificate was renewed, or choose another port");
            }
        }
        return stranger(address, taken);
    }

    private static Finding stranger(InetSocketAddress address, String why) {
        return Finding.bad(
                Area.NETWORK,
                "the daemon can't listen on " + address.getHostString() + ":" + address.getPort() + ": " + why,
                "stop what listens there, or set another host or port");
    }

    /** Looks for the way to a server: its name, and whether it can be reached. */
    static Finding toServer(String host, int port) {
        InetAddress address;
        try {
            address = InetAddress.getByName(host);
        } catch (IOException e) {
            return Finding.bad(
                    Area.NETWORK,
                    "the host " + host + " is unknown",
                    "check host, or enter the server's address instead of its name");
        }
        try (Socket socket = connect(new InetSocketAddress(address, port))) {
            return Finding.ok(
                    Area.NETWORK,
                    host + " is " + socket.getInetAddress().getHostAddress() + ", and port " + port + " is open");
        } catch (IOException e) {
            return Finding.bad(
                    Area.NETWORK,
                    host + " (" + address.getHostAddress() + ") can't be reached on port " + port + ": "
                            + e.getMessage(),
                    "start the daemon there, and check host, port and its firewall");
        }
    }

    private static Socket connect(InetSocketAddress address) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            socket.connect(address, (int) PATIENCE.toMillis());
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }
}
