package org.sksync.transport.watch;

import java.time.Duration;
import java.util.Optional;

/**
 * Decides when a peer is too slow. Two clocks run side by side:
 *
 * <ul>
 *   <li>for what is awaited, which stands still while the peer is not read from. Bytes do not prolong a limit: what must
 *       be there in time must be there whole. A pace is kept where its window's bytes are there before the window is
 *       over; the next window begins at that moment, so a peer that stalls has one window and no more.
 *   <li>for what is being sent, which runs while bytes wait for the peer to take them. It counts what has gone to the
 *       socket, in the same windows.
 * </ul>
 *
 * <p>Times are nanoseconds of any one clock that does not go back. Not thread-safe.
 */
public final class PeerWatch {

    /** How often progress is looked at while bytes wait, in parts of a window: so exact is the end of a stall. */
    private static final int LOOKS_PER_WINDOW = 12;

    private static final long NONE = -1;

    private final Pace sending;
    private Awaited awaited = Awaited.nothing();
    private boolean reading = true;
    private long readNanos;
    private long readingSinceNanos;
    private long paceSinceReadNanos = NONE;
    private long pacedBytes;
    private boolean waitsToSend;
    private long sendingSinceNanos;
    private long sentBefore;
    private long sentBytes;

    /** Creates a watch of a new connection, on which nothing is awaited. */
    public PeerWatch(Pace sending, long nowNanos) {
        this.sending = sending;
        this.readingSinceNanos = nowNanos;
    }

    /** Begins to wait, in place of what was awaited before. */
    public void await(Awaited next, long nowNanos) {
        awaited = next;
        readNanos = 0;
        readingSinceNanos = nowNanos;
        pacedBytes = 0;
        paceSinceReadNanos = next.pacedFrom() == Awaited.PacedFrom.START ? 0 : NONE;
    }

    /** Takes note that the peer is not read from. */
    public void paused(long nowNanos) {
        readNanos = readNanos(nowNanos);
        reading = false;
    }

    /** Takes note that the peer is read from again. */
    public void resumed(long nowNanos) {
        if (!reading) {
            reading = true;
            readingSinceNanos = nowNanos;
        }
    }

    /** Takes note that bytes came. */
    public void received(int bytes, long nowNanos) {
        if (awaited.pace().isEmpty()) {
            return;
        }
        pacedBytes += bytes;
        if (paceSinceReadNanos == NONE) {
            paceSinceReadNanos = readNanos(nowNanos);
        } else if (pacedBytes >= awaited.pace().get().bytesPerWindow()) {
            pacedBytes = 0;
            paceSinceReadNanos = readNanos(nowNanos);
        }
    }

    /**
     * Takes note of how far the peer has taken what was sent.
     *
     * @param total the bytes that have gone to the socket since the connection began
     * @param more whether bytes wait for the peer
     */
    public void sent(long total, boolean more, long nowNanos) {
        sentBytes = total;
        if (!more) {
            waitsToSend = false;
        } else if (!waitsToSend || total - sentBefore >= sending.bytesPerWindow()) {
            waitsToSend = true;
            sendingSinceNanos = nowNanos;
            sentBefore = total;
        }
    }

    /** Returns what the peer did too slowly, as the rest of a sentence that begins with who it is; empty if nothing. */
    public Optional<String> tooSlow(long nowNanos) {
        if (waitsToSend && nowNanos - sendingSinceNanos >= sending.window().toNanos()) {
            return Optional.of(
                    sentBytes == sentBefore
                            ? "read nothing for " + Awaited.seconds(sending.window())
                            : "read " + sending.words());
        }
        if (limitNanos() <= readNanos(nowNanos)) {
            return awaited.within()
                    .map(limit -> "did not send " + awaited.what() + " within " + Awaited.seconds(limit));
        }
        if (paceEndsNanos() <= readNanos(nowNanos)) {
            return awaited.pace().map(pace -> "sent " + awaited.what() + " at " + pace.words());
        }
        return Optional.empty();
    }

    /** Returns in how many nanoseconds to ask again, 0 for now; {@link Long#MAX_VALUE} if only news can change a thing. */
    public long nextLookNanos(long nowNanos) {
        long next = Long.MAX_VALUE;
        if (waitsToSend) {
            long windowNanos = sending.window().toNanos();
            long end = sendingSinceNanos + windowNanos - nowNanos;
            next = Math.min(end, Math.max(1, windowNanos / LOOKS_PER_WINDOW));
        }
        long ends = Math.min(limitNanos(), paceEndsNanos());
        if (reading && ends != Long.MAX_VALUE) {
            next = Math.min(next, ends - readNanos(nowNanos));
        }
        return Math.max(0, next);
    }

    private long limitNanos() {
        return awaited.within().map(Duration::toNanos).orElse(Long.MAX_VALUE);
    }

    private long paceEndsNanos() {
        return paceSinceReadNanos == NONE
                ? Long.MAX_VALUE
                : awaited.pace()
                        .map(pace -> paceSinceReadNanos + pace.window().toNanos())
                        .orElse(Long.MAX_VALUE);
    }

    private long readNanos(long nowNanos) {
        return reading ? readNanos + nowNanos - readingSinceNanos : readNanos;
    }
}
