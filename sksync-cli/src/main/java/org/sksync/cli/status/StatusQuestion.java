package org.sksync.cli.status;

import java.io.IOException;
import java.io.InputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks a daemon of the same user how it does. */
public final class StatusQuestion {

    /** A thousand sessions and last syncs with long paths have a tenth of it. */
    private static final int MAX_BYTES = 64 * 1024 * 1024;

    private StatusQuestion() {}

    /**
     * Returns the answer; empty if no daemon is there.
     *
     * @param limit how long one may take
     * @throws IOException if a daemon is there and does not answer in time, or breaks off
     */
    public static Optional<String> ask(StatusPlace place, Duration limit) throws IOException, InterruptedException {
        for (Path socket : place.sockets()) {
            Optional<String> answer = ask(socket, limit);
            if (answer.isPresent()) {
                return answer;
            }
        }
        return Optional.empty();
    }

    private static Optional<String> ask(Path path, Duration limit) throws IOException, InterruptedException {
        try (SocketChannel socket = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            CompletableFuture<Optional<String>> answer = new CompletableFuture<>();
            Thread asking = new Thread(() -> ask(socket, path, answer), "sksync-question");
            asking.setDaemon(true);
            asking.start();
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (UnsupportedOperationException e) {
            return Optional.empty();
        } catch (TimeoutException e) {
            throw new IOException("the daemon does not answer within " + limit.toSeconds() + " s", e);
        } catch (ExecutionException e) {
            throw new IOException("the daemon's answer broke off", e);
        }
    }

    private static void ask(SocketChannel socket, Path path, CompletableFuture<Optional<String>> answer) {
        try {
            socket.connect(UnixDomainSocketAddress.of(path));
        } catch (AsynchronousCloseException e) {
            answer.completeExceptionally(e);
            return;
        } catch (IOException | RuntimeException e) {
            // None there, one that was killed, another user's, or no path for a socket.
            answer.complete(Optional.empty());
            return;
        }
        try {
            InputStream in = Channels.newInputStream(socket);
            answer.complete(Optional.of(new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8)));
        } catch (IOException | RuntimeException e) {
            answer.completeExceptionally(e);
        }
    }
}
