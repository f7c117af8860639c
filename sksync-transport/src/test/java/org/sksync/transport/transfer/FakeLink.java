package org.sksync.transport.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLSession;
import org.sksync.protocol.message.FileContent;
import org.sksync.transport.watch.Awaited;

/** A connection in memory: keeps what is sent, is writable when the test says so, and owns a manual queue. */
final class FakeLink implements PeerLink {

    private final ManualExecutor owner = new ManualExecutor();
    private final List<Object> sent = new ArrayList<>();
    private final List<Integer> pieces = new ArrayList<>();
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final List<Runnable> onAllocation = new ArrayList<>();
    private int flushed;
    private boolean writable = true;
    private boolean writableOnce;
    private boolean reading = true;

    @Override
    public void send(Object message) {
        if (message instanceof FileContent piece) {
            pieces.add(piece.content().readableBytes());
            content.writeBytes(ByteBufUtil.getBytes(piece.content()));
            piece.release();
            writable = writable && !writableOnce;
        } else {
            sent.add(message);
        }
    }

    @Override
    public void flush() {
        flushed = sent.size() + pieces.size();
    }

    @Override
    public boolean isWritable() {
        return writable;
    }

    @Override
    public void pauseReading() {
        assertThat(reading).as("paused twice").isTrue();
        reading = false;
    }

    @Override
    public void resumeReading() {
        assertThat(reading).as("resumed twice").isFalse();
        reading = true;
    }

    @Override
    public void await(Awaited awaited) {
        throw new AssertionError("nobody but the session waits");
    }

    @Override
    public void closeGracefully() {
        throw new AssertionError("nobody but the session closes");
    }

    @Override
    public void closeNow() {
        throw new AssertionError("nobody but the session closes");
    }

    @Override
    public Runnable schedule(Runnable task, Duration delay) {
        throw new AssertionError("nobody but the session has deadlines");
    }

    @Override
    public Executor owner() {
        return owner;
    }

    @Override
    public Optional<SSLSession> tlsSession() {
        return Optional.empty();
    }

    @Override
    public ByteBufAllocator allocator() {
        if (!onAllocation.isEmpty()) {
            onAllocation.remove(0).run();
        }
        return PooledByteBufAllocator.DEFAULT;
    }

    ManualExecutor ownerQueue() {
        return owner;
    }

    /** Returns what was sent but content. */
    List<Object> sent() {
        return List.copyOf(sent);
    }

    /** Returns the lengths of the pieces of content that were sent. */
    List<Integer> pieces() {
        return List.copyOf(pieces);
    }

    byte[] content() {
        return content.toByteArray();
    }

    boolean isReading() {
        return reading;
    }

    void assertAllFlushed() {
        assertThat(flushed).as("messages flushed").isEqualTo(sent.size() + pieces.size());
    }

    void writable(boolean now) {
        writable = now;
    }

    /** Takes one piece of content, then no more until the peer has caught up. */
    void takeOnePiece() {
        writable = true;
        writableOnce = true;
    }

    /** Runs the task before the next buffer is handed out, which is when a file has been opened but not read. */
    void onNextAllocation(Runnable task) {
        onAllocation.add(task);
    }
}
