package org.sksync.testkit;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Peer over a real loopback socket that says what its script says and checks what it hears.
 *
 * <p>Its steps ({@code send}, {@code expect}, ...) run at once on the calling thread. Where the program under test
 * blocks that thread, {@link #play} runs the steps on a thread of the peer's own, and {@link #verify} waits for their
 * end and hands on what failed:
 *
 * <pre>{@code
 * try (ScriptedPeer server = ScriptedPeer.server()) {
 *     server.play(peer -> peer.expectLine("sksync 1").send("Protocol Established\n").send("...", Fault.RESET));
 *     int exit = runClient(server.port());
 *     server.verify();
 * }
 * }</pre>
 *
 * <p>A step that is not fulfilled in time (10 seconds unless set by {@link #within}) or that hears something else throws
 * an {@link AssertionError} that shows what had arrived. A {@code String} stands for bytes here, one for each character
 * up to U+00FF; for other text, encode it and pass the bytes.
 *
 * <p>Steps come from one thread at a time. {@link #close} may come from any.
 */
public final class ScriptedPeer implements AutoCloseable {
    private static final Duration DEFAULT_LIMIT = Duration.ofSeconds(10);
    /** A script's own step shall run into its limit, and say which it was, before the wait for the script does. */
    private static final Duration VERIFY_GRACE = Duration.ofSeconds(1);

    private static final int BUFFER_BYTES = 8192;
    private static final int MAX_LINE_BYTES = 1 << 20;
    private static final long GARBAGE_SEED = 0x5ca1ab1e;
    private static final long SLOW_PAUSE_MILLIS = 5;

    private final String role;
    private final @Nullable ServerSocket listener;
    private final @Nullable SSLSocketFactory tls;
    private final ScheduledExecutorService watchdog = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "scripted-peer-watchdog");
        thread.setDaemon(true);
        return thread;
    });
    private final Arrived arrived = new Arrived();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final AtomicBoolean closed = new AtomicBoolean();

    private int bufferAt;
    private int bufferEnd;
    private long sentBytes;
    private boolean stalled;
    private volatile Duration limit = DEFAULT_LIMIT;
    private volatile Cuts cuts = Cuts.WHOLE;
    private volatile @Nullable Connection connection;
    private volatile @Nullable CompletableFuture<Void> script;
    private volatile boolean verified;

    private ScriptedPeer(String role, @Nullable ServerSocket listener, @Nullable SSLSocketFactory tls) {
        this.role = role;
        this.listener = listener;
        this.tls = tls;
    }

    /** What a peer says and expects, step by step. */
    @FunctionalInterface
    public interface Script {
        /**
         * Takes the steps.
         *
         * @throws Exception to fail {@link ScriptedPeer#verify}
         */
        void play(ScriptedPeer peer) throws Exception;
    }

    /**
     * Connects to a port of this machine's loopback address.
     *
     * @throws AssertionError if nothing accepts there
     */
    public static ScriptedPeer client(int port) {
        return connected(port, null);
    }

    /**
     * Connects to a port of this machine's loopback address and speaks TLS. The handshake comes with the first step.
     *
     * @throws AssertionError if nothing accepts there
     */
    public static ScriptedPeer client(int port, SSLSocketFactory tls) {
        return connected(port, tls);
    }

    /** Listens on a free port of this machine's loopback address. The first step waits for a connection. */
    public static ScriptedPeer server() {
        return listening(null);
    }

    /**
     * Listens on a free port of this machine's loopback address and speaks TLS. The first step waits for a connection;
     * the handshake comes with the first byte.
     */
    public static ScriptedPeer server(SSLSocketFactory tls) {
        return listening(tls);
    }

    private static ScriptedPeer connected(int port, @Nullable SSLSocketFactory tls) {
        ScriptedPeer peer = new ScriptedPeer("client of port " + port, null, tls);
        Socket raw = new Socket();
        try {
            raw.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    Math.toIntExact(DEFAULT_LIMIT.toMillis()));
            peer.connection = Connection.of(raw, tls, true);
            return peer;
        } catch (IOException e) {
            closeQuietly(raw);
            peer.close();
            throw new AssertionError("connect to port " + port + ": " + e, e);
        }
    }

    private static ScriptedPeer listening(@Nullable SSLSocketFactory tls) {
        try {
            ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            return new ScriptedPeer("server on port " + listener.getLocalPort(), listener, tls);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Returns the port that this peer listens on.
     *
     * @throws IllegalStateException if it is a client
     */
    public int port() {
        return listener().getLocalPort();
    }

    /** Bounds each wait from now on, in place of 10 seconds. */
    public ScriptedPeer within(Duration newLimit) {
        limit = newLimit;
        return this;
    }

    /** Cuts what is sent from now on. */
    public ScriptedPeer with(Cuts newCuts) {
        cuts = newCuts;
        return this;
    }

    /**
     * Runs a script on a thread of its own and returns at once.
     *
     * @throws IllegalStateException if a script was started before
     */
    public ScriptedPeer play(Script steps) {
        if (script != null) {
            throw new IllegalStateException("a peer plays one script; start another peer, or add to the script");
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        script = done;
        Thread thread = new Thread(
                () -> {
                    try {
                        steps.play(this);
                        done.complete(null);
                    } catch (Throwable t) {
                        done.completeExceptionally(t);
                    }
                },
                "scripted-peer-" + role.replace(' ', '-'));
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    /**
     * Waits for the end of the script.
     *
     * @throws AssertionError if a step failed, or the script has not ended in time
     * @throws IllegalStateException if none was started
     */
    public void verify() {
        CompletableFuture<Void> done = script;
        if (done == null) {
            throw new IllegalStateException("no script was started: call play first");
        }
        verified = true;
        try {
            done.get(limit.plus(VERIFY_GRACE).toMillis(), MILLISECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError(
                    "script of the " + role + " failed: " + causeOf(e).getMessage(), causeOf(e));
        } catch (TimeoutException e) {
            throw new AssertionError(state("script had not ended after " + limit.plus(VERIFY_GRACE)), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(state("interrupted while the script ran"), e);
        }
    }

    /**
     * Waits for a connection, in place of the present one where there is one, which is closed.
     *
     * @throws AssertionError if nobody connects in time
     * @throws IllegalStateException if this peer is a client
     */
    public ScriptedPeer accept() {
        ServerSocket server = listener();
        Connection before = connection;
        if (before != null) {
            before.close();
        }
        try {
            server.setSoTimeout(Math.toIntExact(limit.toMillis()));
            Connection accepted = Connection.of(server.accept(), tls, false);
            connection = accepted;
            if (closed.get()) {
                accepted.close();
            }
        } catch (SocketTimeoutException e) {
            throw new AssertionError(state("accept: nobody connected within " + limit), e);
        } catch (IOException e) {
            throw new AssertionError(state("accept: " + e), e);
        }
        bufferAt = 0;
        bufferEnd = 0;
        stalled = false;
        return this;
    }

    /**
     * Sends bytes, cut as set by {@link #with}.
     *
     * @throws AssertionError if they cannot be sent in time
     */
    public ScriptedPeer send(byte[] bytes) {
        write(bytes, cuts, 0);
        return this;
    }

    /**
     * Sends text, one byte for each character.
     *
     * @throws AssertionError if it cannot be sent in time
     */
    public ScriptedPeer send(String text) {
        return send(Latin1.bytes(text));
    }

    /**
     * Does to a message what the fault says.
     *
     * @throws AssertionError if that takes too long
     */
    public ScriptedPeer send(byte[] bytes, Fault fault) {
        try {
            switch (fault) {
                case CLOSE -> connection().close();
                case HALF_CLOSE -> connection().socket().shutdownOutput();
                case RESET -> connection().reset();
                case STALL -> {
                    connection();
                    stalled = true;
                }
                case GARBAGE -> send(garbage(bytes.length));
                case TRUNCATE -> {
                    send(Arrays.copyOf(bytes, bytes.length / 2));
                    connection().close();
                }
                case DUPLICATE -> send(bytes).send(bytes);
                case SLOW -> write(bytes, Cuts.BYTE_BY_BYTE, SLOW_PAUSE_MILLIS);
            }
        } catch (IOException e) {
            throw new AssertionError(state(fault + ": " + e), e);
        }
        return this;
    }

    /**
     * Does to a text, one byte for each character, what the fault says.
     *
     * @throws AssertionError if that takes too long
     */
    public ScriptedPeer send(String text, Fault fault) {
        return send(Latin1.bytes(text), fault);
    }

    /**
     * Expects exactly these bytes next. What comes after them stays for the next step.
     *
     * @throws AssertionError at the first other byte, at the end of the connection, or if they do not come in time
     */
    public ScriptedPeer expect(byte[] bytes) {
        Deadline deadline = new Deadline(limit);
        for (int at = 0; at < bytes.length; at++) {
            int was = required(deadline, "expect " + Quoted.start(bytes, 200) + ", byte " + at);
            if (was != (bytes[at] & 0xff)) {
                throw new AssertionError(state(String.format(
                        "byte %d: 0x%02x (expected: 0x%02x of %s)",
                        at, was, bytes[at] & 0xff, Quoted.start(bytes, 200))));
            }
        }
        return this;
    }

    /**
     * Expects exactly this text next, one byte for each character.
     *
     * @throws AssertionError as {@link #expect(byte[])} does
     */
    public ScriptedPeer expect(String text) {
        return expect(Latin1.bytes(text));
    }

    /**
     * Expects exactly this line next, and its line feed.
     *
     * @param line without its line feed, one byte for each character
     * @throws AssertionError if another line comes, or none in time
     */
    public ScriptedPeer expectLine(String line) {
        byte[] expected = Latin1.bytes(line);
        byte[] was = line("expect line " + Quoted.start(expected, 200));
        if (!Arrays.equals(was, expected)) {
            throw new AssertionError(
                    state("line: " + Quoted.start(was, 200) + " (expected: " + Quoted.start(expected, 200) + ")"));
        }
        return this;
    }

    /**
     * Returns the next line without its line feed, one character for each byte.
     *
     * @throws AssertionError if none comes in time
     */
    public String readLine() {
        return Latin1.text(line("read line"));
    }

    /**
     * Returns the next bytes.
     *
     * @throws AssertionError if not so many come in time
     */
    public byte[] readExactly(int count) {
        Deadline deadline = new Deadline(limit);
        byte[] bytes = new byte[count];
        for (int at = 0; at < count; at++) {
            bytes[at] = (byte) required(deadline, "read " + count + " bytes, byte " + at);
        }
        return bytes;
    }

    /**
     * Reads bytes and forgets them, however many; the limit is for each wait, not for all.
     *
     * @throws AssertionError if not so many come
     */
    public ScriptedPeer discard(long count) {
        long left = count;
        while (left > 0) {
            if (bufferAt == bufferEnd && !fill(new Deadline(limit), "discard " + count + " bytes, " + left + " left")) {
                throw new AssertionError(state("discard " + count + " bytes: closed with " + left + " left"));
            }
            int step = (int) Math.min(left, bufferEnd - bufferAt);
            bufferAt += step;
            left -= step;
        }
        return this;
    }

    /**
     * Expects the other side to close without another byte. A reset counts, and a close without TLS's word of farewell.
     *
     * @throws AssertionError if a byte comes, or no close in time
     */
    public ScriptedPeer expectClose() {
        end("expect close");
        return this;
    }

    /**
     * Expects the other side to end its sending in good order without another byte: no reset, and with TLS its word of
     * farewell.
     *
     * @throws AssertionError if a byte comes, a reset, or no end in time
     */
    public ScriptedPeer expectEndOfStream() {
        end("expect end of stream").ifPresent(cause -> {
            throw new AssertionError(state("expect end of stream: " + cause), cause);
        });
        return this;
    }

    /**
     * Closes all that this peer opened.
     *
     * @throws AssertionError if a script failed, or was still running, and {@link #verify} was not called
     */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        CompletableFuture<Void> done = script;
        Optional<AssertionError> failure = done == null || verified ? Optional.empty() : unverified(done);
        Connection present = connection;
        if (present != null) {
            present.close();
        }
        if (listener != null) {
            closeQuietly(listener);
        }
        watchdog.shutdownNow();
        failure.ifPresent(error -> {
            throw error;
        });
    }

    private Optional<AssertionError> unverified(CompletableFuture<Void> done) {
        if (!done.isDone()) {
            return Optional.of(
                    new AssertionError(state("closed while its script still ran; call verify() to wait for it")));
        }
        try {
            done.join();
            return Optional.empty();
        } catch (RuntimeException e) {
            Throwable cause = causeOf(e);
            return Optional.of(new AssertionError("script of the " + role + " failed: " + cause.getMessage(), cause));
        }
    }

    private void write(byte[] bytes, Cuts how, long pauseMillis) {
        if (stalled) {
            throw new IllegalStateException("this peer stalls: it sends nothing more");
        }
        Connection to = connection();
        AtomicBoolean late = new AtomicBoolean();
        Duration pauses = Duration.ofMillis(pauseMillis).multipliedBy(bytes.length);
        ScheduledFuture<?> bound = watchdog.schedule(
                () -> {
                    late.set(true);
                    to.abort();
                },
                limit.plus(pauses).toMillis(),
                MILLISECONDS);
        long sentBefore = sentBytes;
        try {
            for (byte[] piece : how.cut(bytes)) {
                to.socket().getOutputStream().write(piece);
                sentBytes += piece.length;
                if (pauseMillis > 0) {
                    MILLISECONDS.sleep(pauseMillis);
                }
            }
        } catch (IOException e) {
            String progress = "send: " + (sentBytes - sentBefore) + " of " + bytes.length + " bytes, then ";
            throw new AssertionError(
                    state(progress + (late.get() ? "nothing was taken for " + limit : e.toString())), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(state("interrupted while sending"), e);
        } finally {
            bound.cancel(false);
        }
    }

    private byte[] line(String step) {
        Deadline deadline = new Deadline(limit);
        byte[] line = new byte[80];
        int length = 0;
        for (int b = required(deadline, step); b != '\n'; b = required(deadline, step)) {
            if (length == MAX_LINE_BYTES) {
                throw new AssertionError(state(step + ": no line feed in " + MAX_LINE_BYTES + " bytes"));
            }
            if (length == line.length) {
                line = Arrays.copyOf(line, 2 * length);
            }
            line[length++] = (byte) b;
        }
        return Arrays.copyOf(line, length);
    }

    private int required(Deadline deadline, String step) {
        if (bufferAt == bufferEnd && !fill(deadline, step)) {
            throw new AssertionError(state(step + ": closed"));
        }
        return buffer[bufferAt++] & 0xff;
    }

    /** Waits for the other side's end of the connection and returns what was wrong with it, empty if nothing was. */
    private Optional<IOException> end(String step) {
        try {
            if (bufferAt < bufferEnd || read(new Deadline(limit), step)) {
                byte[] more = Arrays.copyOfRange(buffer, bufferAt, bufferEnd);
                throw new AssertionError(state(step + ": more bytes came: " + Quoted.start(more, 200)));
            }
            return Optional.empty();
        } catch (IOException e) {
            if (connection().closedHere()) {
                throw new AssertionError(state(step + ": this peer had closed the connection itself"), e);
            }
            return Optional.of(e);
        }
    }

    private boolean fill(Deadline deadline, String step) {
        try {
            return read(deadline, step);
        } catch (IOException e) {
            throw new AssertionError(state(step + ": " + e), e);
        }
    }

    /** Fills the empty buffer; false at the end of the stream. */
    private boolean read(Deadline deadline, String step) throws IOException {
        Connection from = connection();
        try {
            from.socket().setSoTimeout(deadline.leftMillis());
            int count = from.socket().getInputStream().read(buffer);
            bufferAt = 0;
            bufferEnd = Math.max(count, 0);
            arrived.add(buffer, bufferEnd);
            return count > 0;
        } catch (SocketTimeoutException e) {
            throw new AssertionError(state(step + ": nothing more came within " + limit), e);
        }
    }

    private Connection connection() {
        if (connection == null && listener != null) {
            accept();
        }
        Connection present = connection;
        if (present == null) {
            throw new IllegalStateException("not connected");
        }
        return present;
    }

    private ServerSocket listener() {
        if (listener == null) {
            throw new IllegalStateException("a client does not listen");
        }
        return listener;
    }

    private String state(String problem) {
        return problem + System.lineSeparator() + "  scripted " + role + ", " + cuts + ", " + sentBytes
                + " bytes sent, " + arrived;
    }

    private static byte[] garbage(int length) {
        byte[] garbage = new byte[length];
        new Random(GARBAGE_SEED).nextBytes(garbage);
        return garbage;
    }

    private static Throwable causeOf(Exception wrapper) {
        Throwable cause = wrapper.getCause();
        return cause == null ? wrapper : cause;
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            closeable.close();
        } catch (Exception e) {
            // The socket is done with either way, and what the test has to say matters more.
            return;
        }
    }

    /** A socket, and the one beneath it where it speaks TLS. */
    private record Connection(Socket socket, Socket raw, AtomicBoolean ended) {
        static Connection of(Socket raw, @Nullable SSLSocketFactory tls, boolean client) throws IOException {
            raw.setTcpNoDelay(true);
            if (tls == null) {
                return new Connection(raw, raw, new AtomicBoolean());
            }
            String host = InetAddress.getLoopbackAddress().getHostAddress();
            SSLSocket socket = (SSLSocket) tls.createSocket(raw, host, raw.getPort(), true);
            socket.setUseClientMode(client);
            return new Connection(socket, raw, new AtomicBoolean());
        }

        /** Tells whether this end closed it; TLS closes the socket beneath by itself after the other's alert. */
        boolean closedHere() {
            return ended.get();
        }

        void reset() throws IOException {
            ended.set(true);
            raw.setSoLinger(true, 0);
            raw.close();
        }

        /** Closes the lower socket only: TLS would wait for the write that is stuck. */
        void abort() {
            ended.set(true);
            closeQuietly(raw);
        }

        void close() {
            ended.set(true);
            closeQuietly(socket);
            closeQuietly(raw);
        }
    }

    /** What came, for error texts: how much, and the last of it. */
    private static final class Arrived {
        private static final int KEPT_BYTES = 2000;

        private byte[] last = new byte[0];
        private long count;

        synchronized void add(byte[] bytes, int length) {
            count += length;
            byte[] joined = Arrays.copyOf(last, last.length + length);
            System.arraycopy(bytes, 0, joined, last.length, length);
            last = joined.length <= KEPT_BYTES
                    ? joined
                    : Arrays.copyOfRange(joined, joined.length - KEPT_BYTES, joined.length);
        }

        @Override
        public synchronized String toString() {
            return count + " bytes arrived"
                    + (count == 0 ? "" : ": " + (count > last.length ? "..." : "") + Quoted.all(last));
        }
    }

    private static final class Deadline {
        private final long atNanos;

        Deadline(Duration limit) {
            atNanos = System.nanoTime() + limit.toNanos();
        }

        /** Returns what is left, at least a millisecond since a socket takes 0 for ever. */
        int leftMillis() {
            return Math.toIntExact(Math.max(1, NANOSECONDS.toMillis(atNanos - System.nanoTime())));
        }
    }
}
