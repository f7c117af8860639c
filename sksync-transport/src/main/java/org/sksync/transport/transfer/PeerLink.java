package org.sksync.transport.transfer;

import io.netty.buffer.ByteBufAllocator;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLSession;
import org.sksync.transport.watch.Awaited;

/** What a session may do with its connection. All but {@link #owner} and {@link #allocator} belong to the owner thread. */
public interface PeerLink {

    /** Queues a {@code ClientMessage} or {@code ServerMessage}, and takes over its buffer if it holds one. */
    void send(Object message);

    /** Hands on what was queued. */
    void flush();

    /** Tells whether the peer keeps up; a session that sends on regardless fills the memory. */
    boolean isWritable();

    /** Reads no more from the peer until {@link #resumeReading}; what has been read is still delivered. */
    void pauseReading();

    /** Ends a {@link #pauseReading}. */
    void resumeReading();

    /** Begins to wait for something from the peer, in place of what was awaited before; at first nothing is. */
    void await(Awaited awaited);

    /** Sends what is queued, then closes so that the peer gets all of it, even while it is still sending itself. */
    void closeGracefully();

    /** Closes at once; what is queued is lost. */
    void closeNow();

    /**
     * Runs {@code task} on the owner thread when {@code delay} has passed, unless the owner thread has ended.
     *
     * @return forgets the task, if it has not run yet
     */
    Runnable schedule(Runnable task, Duration delay);

    /** Returns the executor of the one thread that owns the session. */
    Executor owner();

    /** Returns what TLS knows of the peer; empty on a plain connection. */
    Optional<SSLSession> tlsSession();

    /** Returns the allocator for content; safe on any thread. */
    ByteBufAllocator allocator();
}
