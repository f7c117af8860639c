package org.sksync.transport.transfer;

import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Consumer;

/**
 * A peer's messages in their order, delivered one by one unless the session holds them back. The end of the input is
 * told after the last message, even where the connection was gone long before: a file that has arrived whole is kept.
 *
 * <p>Answers to messages need no flush of their own: the connection is flushed when what was read has been delivered.
 * What is sent at any other moment, as when the disk is done with something, needs {@link #flush}.
 * Everything runs on the session's owner thread. While held, the peer is not read from, so the box holds at most
 * what had been read already.
 *
 * @param <M> the type of message
 */
public final class Mailbox<M> {

    private final PeerLink link;
    private final Consumer<M> onMessage;
    private final Runnable onEnd;
    private final Queue<M> waiting = new ArrayDeque<>();
    private int holds;
    private boolean delivering;
    private boolean ended;
    private boolean endTold;
    private boolean closed;

    /** Creates an open box. */
    public Mailbox(PeerLink link, Consumer<M> onMessage, Runnable onEnd) {
        this.link = link;
        this.onMessage = onMessage;
        this.onEnd = onEnd;
    }

    /** Takes a message, and its buffer if it holds one. */
    public void offer(M message) {
        if (closed) {
            ReferenceCountUtil.release(message);
            return;
        }
        waiting.add(message);
        deliver();
    }

    /** Takes note that no message follows. */
    public void end() {
        ended = true;
        deliver();
    }

    /** Delivers nothing until {@link #release} was called as often. */
    public void hold() {
        holds++;
        if (holds == 1) {
            link.pauseReading();
        }
    }

    /** Hands on what was answered apart from any message. */
    void flush() {
        link.flush();
    }

    /** Ends one {@link #hold}. */
    public void release() {
        holds--;
        if (holds == 0) {
            link.resumeReading();
            deliver();
            link.flush();
        }
    }

    /** Drops what waits; nothing is delivered any more. */
    public void close() {
        closed = true;
        waiting.forEach(ReferenceCountUtil::release);
        waiting.clear();
    }

    private void deliver() {
        if (delivering) {
            return;
        }
        delivering = true;
        try {
            while (holds == 0 && !waiting.isEmpty()) {
                onMessage.accept(waiting.remove());
            }
        } finally {
            delivering = false;
        }
        if (holds == 0 && ended && !endTold && !closed) {
            endTold = true;
            onEnd.run();
        }
    }
}
