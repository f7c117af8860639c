package org.sksync.testkit.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.sksync.testkit.Side;

/**
 * How the bytes of a connection fare on their way. Immutable; its text tells all of it, so a test that shows it can be
 * repeated.
 */
public final class Weather {
    /** Bytes go as they come. */
    public static final Weather CALM = new Weather(Optional.empty(), Duration.ZERO, 0, List.of());

    private static final int WHOLE = 16 * 1024;
    private static final int LONGEST_SLICE = 7;

    private final Optional<Long> sliceSeed;
    private final Duration latency;
    private final long bytesPerSecond;
    private final List<Planned> planned;

    private Weather(Optional<Long> sliceSeed, Duration latency, long bytesPerSecond, List<Planned> planned) {
        this.sliceSeed = sliceSeed;
        this.latency = latency;
        this.bytesPerSecond = bytesPerSecond;
        this.planned = planned;
    }

    /**
     * An incident and when it comes.
     *
     * @param sender whose bytes are counted
     * @param atByte how many have been handed over by then; 0 is before the first
     * @param incident what happens
     */
    record Planned(Side sender, long atByte, Incident incident) {}

    /** Hands bytes over in slices of 1 to 7, the same ones for the same seed. */
    public Weather sliced(long seed) {
        return new Weather(Optional.of(seed), latency, bytesPerSecond, planned);
    }

    /** Hands each piece over so much later. */
    public Weather delayed(Duration newLatency) {
        return new Weather(sliceSeed, newLatency, bytesPerSecond, planned);
    }

    /** Hands over so many bytes a second, each way. */
    public Weather limited(long newBytesPerSecond) {
        if (newBytesPerSecond <= 0) {
            throw new IllegalArgumentException("bytesPerSecond: " + newBytesPerSecond + " (expected: 1 or more)");
        }
        return new Weather(sliceSeed, latency, newBytesPerSecond, planned);
    }

    /** Lets something happen when {@code atByte} bytes of a side have been handed over. */
    public Weather at(Side sender, long atByte, Incident incident) {
        List<Planned> more = new ArrayList<>(planned);
        more.add(new Planned(sender, atByte, incident));
        return new Weather(sliceSeed, latency, bytesPerSecond, List.copyOf(more));
    }

    /** Returns what is planned for the bytes of a side, the earliest first. */
    List<Planned> plannedFor(Side sender) {
        return planned.stream()
                .filter(each -> each.sender() == sender)
                .sorted((one, other) -> Long.compare(one.atByte(), other.atByte()))
                .toList();
    }

    Duration latency() {
        return latency;
    }

    long bytesPerSecond() {
        return bytesPerSecond;
    }

    /** Returns lengths of the pieces of one direction. */
    Pieces pieces(Side sender) {
        Optional<Random> random = sliceSeed.map(seed -> new Random(sender == Side.CLIENT ? seed : ~seed));
        return () -> random.map(r -> 1 + r.nextInt(LONGEST_SLICE)).orElse(WHOLE);
    }

    /** Says how much may be handed over at once, piece after piece. */
    @FunctionalInterface
    interface Pieces {
        int next();
    }

    @Override
    public String toString() {
        List<String> words = new ArrayList<>();
        sliceSeed.ifPresent(seed -> words.add("slices (seed " + seed + ")"));
        if (!latency.isZero()) {
            words.add(latency.toMillis() + " ms later");
        }
        if (bytesPerSecond > 0) {
            words.add(bytesPerSecond + " B/s");
        }
        planned.forEach(each -> words.add(each.incident() + " at byte " + each.atByte() + " of the " + each.sender()));
        return words.isEmpty() ? "calm" : String.join(", ", words);
    }
}
