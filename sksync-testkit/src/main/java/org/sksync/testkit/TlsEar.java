package org.sksync.testkit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.sksync.testkit.TestCertificates.Issued;

/** A server that shows a certificate to one client, and takes note of what that says within TLS. */
public final class TlsEar implements AutoCloseable {

    private static final int MAX_BYTES = 64;
    private static final int LIMIT_SECONDS = 20;

    private final ServerSocket socket;
    private final FutureTask<String> hearing;

    /** Listens on a free port. */
    public TlsEar(Issued shown) throws IOException {
        this(shown, 0);
    }

    /** Listens on a port of the loopback address. */
    public TlsEar(Issued shown, int port) throws IOException {
        socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        hearing = new FutureTask<>(() -> hear(shown));
        Thread thread = new Thread(hearing, "ear");
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns the port. */
    public int port() {
        return socket.getLocalPort();
    }

    /** Waits until the client is gone, or has said some words, and returns them. */
    public String heard() throws InterruptedException, ExecutionException, TimeoutException {
        return hearing.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private String hear(Issued shown) throws IOException {
        try (Socket plain = socket.accept();
                SSLSocket tls = (SSLSocket) shown.sockets().createSocket(plain, null, plain.getPort(), true)) {
            tls.setUseClientMode(false);
            return new String(tls.getInputStream().readNBytes(MAX_BYTES), ISO_8859_1);
        } catch (SSLException e) {
            return "";
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
