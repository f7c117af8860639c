package org.sksync.cli.status;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers whoever connects with one text, on a thread of its own: one after the other, two seconds for each at the most.
 * Nothing is read from them.
 */
public final class StatusSocket implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StatusSocket.class);
    private static final int BACKLOG = 8;
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final StatusPlace.Held held;
    private final ServerSocketChannel socket;
    private final Supplier<String> answer;

    private StatusSocket(StatusPlace.Held held, ServerSocketChannel socket, Supplier<String> answer) {
        this.held = held;
        this.socket = socket;
        this.answer = answer;
    }

    /**
     * Opens the socket of a daemon.
     *
     * @param answer asked once for each question, on the thread of the socket
     * @throws IOException if it can be opened nowhere; the message says why not at the best place
     */
    public static StatusSocket open(StatusPlace place, Supplier<String> answer) throws IOException {
        IOException first = null;
        for (Path candidate : place.own()) {
            try {
                Optional<StatusPlace.Held> held = StatusPlace.take(candidate);
                if (held.isEmpty()) {
                    throw new AlreadyAnswered();
                }
                StatusSocket opened = openAt(held.get(), answer);
                Thread thread = new Thread(opened::serve, "sksync-status");
                thread.setDaemon(true);
                thread.start();
                return opened;
            } catch (AlreadyAnswered e) {
                // At another place nobody would ask.
                throw e;
            } catch (IOException | UnsupportedOperationException e) {
                IOException failure = e instanceof IOException disk ? disk : new IOException(e.getMessage(), e);
                if (first == null) {
                    first = failure;
                } else {
                    first.addSuppressed(failure);
                }
            }
        }
        throw first == null ? new IOException("there is no place for a socket") : first;
    }

    /** Another daemon answers for the same configuration. */
    private static final class AlreadyAnswered extends IOException {

        private static final long serialVersionUID = 1L;

        AlreadyAnswered() {
            super("another daemon with the same configuration answers already");
        }
    }

    private static StatusSocket openAt(StatusPlace.Held held, Supplier<String> answer) throws IOException {
        ServerSocketChannel socket = null;
        try {
            socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
            socket.bind(UnixDomainSocketAddress.of(held.socket()), BACKLOG);
            held.keepToOwner();
            return new StatusSocket(held, socket, answer);
        } catch (IOException | UnsupportedOperationException e) {
            if (socket != null) {
                socket.close();
            }
            held.close();
            throw e;
        }
    }

    private void serve() {
        while (socket.isOpen()) {
            try (SocketChannel asker = socket.accept()) {
                tell(asker);
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                // There are no descriptors left.
                LockSupport.parkNanos(PAUSE.toNanos());
            } catch (RuntimeException e) {
                LOG.error("a fault in this program kept the status from being told", e);
            }
        }
    }

    private void tell(SocketChannel asker) {
        try {
            write(asker);
        } catch (IOException e) {
            LOG.debug("whoever asked for the status has gone", e);
        }
    }

    private void write(SocketChannel asker) throws IOException {
        ByteBuffer text = ByteBuffer.wrap(answer.get().getBytes(StandardCharsets.UTF_8));
        long endNanos = System.nanoTime() + LIMIT.toNanos();
        asker.configureBlocking(false);
        try (Selector selector = Selector.open()) {
            asker.register(selector, SelectionKey.OP_WRITE);
            while (text.hasRemaining()) {
                long leftMillis = (endNanos - System.nanoTime()) / 1_000_000;
                if (leftMillis <= 0) {
                    return;
                }
                selector.select(leftMillis);
                selector.selectedKeys().clear();
                asker.write(text);
            }
        }
    }

    /** Answers nobody any more, and removes the socket. */
    @Override
    public void close() throws IOException {
        try (held) {
            socket.close();
        }
    }
}
