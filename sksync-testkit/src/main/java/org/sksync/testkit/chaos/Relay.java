package org.sksync.testkit.chaos;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.sksync.testkit.Side;
import org.sksync.testkit.chaos.Weather.Pieces;
import org.sksync.testkit.chaos.Weather.Planned;

/** One direction of a connection, on a thread of its own. */
final class Relay implements Runnable {
    private static final int BUFFER_BYTES = 16 * 1024;
    private static final long SHORTEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Route route;
    private final Side sender;
    private final Weather weather;
    private final LongConsumer count;
    private final Deque<Planned> planned;
    private final Pieces pieces;
    private final long startNanos = System.nanoTime();
    private long handedOver;
    private boolean ended;

    Relay(Route route, Side sender, Weather weather, LongConsumer count) {
        this.route = route;
        this.sender = sender;
        this.weather = weather;
        this.count = count;
        this.planned = new ArrayDeque<>(weather.plannedFor(sender));
        this.pieces = weather.pieces(sender);
    }

    @Override
    public void run() {
        byte[] buffer = new byte[BUFFER_BYTES];
        try {
            strikeWhatIsDue();
            InputStream in = route.socketOf(sender).getInputStream();
            OutputStream out = route.socketOf(sender.other()).getOutputStream();
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                pause(weather.latency());
                handOver(out, buffer, length);
            }
            endOutput();
        } catch (IOException e) {
            // One end has gone: the other one is not to wait for it.
            route.reset();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            route.reset();
        } finally {
            route.oneWayEnded();
        }
    }

    private void handOver(OutputStream out, byte[] buffer, int length) throws IOException, InterruptedException {
        int at = 0;
        while (at < length && !ended) {
            int piece = Math.min(pieces.next(), length - at);
            if (!planned.isEmpty()) {
                piece = (int) Math.min(piece, planned.getFirst().atByte() - handedOver);
            }
            out.write(buffer, at, piece);
            at += piece;
            handedOver += piece;
            count.accept(piece);
            keepPace();
            strikeWhatIsDue();
        }
    }

    private void keepPace() throws InterruptedException {
        if (weather.bytesPerSecond() > 0) {
            long dueNanos = startNanos + handedOver * TimeUnit.SECONDS.toNanos(1) / weather.bytesPerSecond();
            long early = dueNanos - System.nanoTime();
            if (early > SHORTEST_PAUSE_NANOS) {
                pause(Duration.ofNanos(early));
            }
        }
    }

    private void strikeWhatIsDue() throws IOException, InterruptedException {
        while (!planned.isEmpty() && planned.getFirst().atByte() <= handedOver) {
            planned.removeFirst().incident().strike(this);
        }
    }

    void endOutput() throws IOException {
        if (!ended) {
            ended = true;
            Socket receiver = route.socketOf(sender.other());
            if (!receiver.isClosed() && !receiver.isOutputShutdown()) {
                receiver.shutdownOutput();
            }
        }
    }

    void reset() {
        ended = true;
        route.reset();
    }

    void pause(Duration length) throws InterruptedException {
        if (!length.isZero()) {
            TimeUnit.NANOSECONDS.sleep(length.toNanos());
        }
    }
}
