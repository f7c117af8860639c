package org.sksync.transport.watch;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What a session waits for, and how long. Only the time counts in which the peer is read from: a slow disk of one's own
 * is not held against it.
 *
 * @param what what is awaited, as the object of "sent", such as {@code the request}
 * @param within by when it must be there whole, however it comes; empty for no such limit
 * @param pace how fast it must come; empty for no such limit
 * @param pacedFrom since when the pace counts
 */
public record Awaited(String what, Optional<Duration> within, Optional<Pace> pace, PacedFrom pacedFrom) {

    private static final Awaited NOTHING = new Awaited("nothing", Optional.empty(), Optional.empty(), PacedFrom.START);

    /** Since when a pace counts. */
    public enum PacedFrom {
        /** Since the waiting began. */
        START,
        /** Since the first byte: the peer may have to work before. */
        FIRST_BYTE
    }

    /** Checks that nothing is null. */
    public Awaited {
        Objects.requireNonNull(what, "what");
        Objects.requireNonNull(within, "within");
        Objects.requireNonNull(pace, "pace");
        Objects.requireNonNull(pacedFrom, "pacedFrom");
    }

    /** Returns that the peer owes nothing; it may be silent for as long as it likes. */
    public static Awaited nothing() {
        return NOTHING;
    }

    /** Returns something short that must be there whole within {@code limit}. */
    public static Awaited within(Duration limit, String what) {
        return new Awaited(what, Optional.of(limit), Optional.empty(), PacedFrom.START);
    }

    /** Returns content that must keep to {@code pace} from now on, and may take as long as that needs. */
    public static Awaited at(Pace pace, String what) {
        return new Awaited(what, Optional.empty(), Optional.of(pace), PacedFrom.START);
    }

    /** Returns something that must be there whole within {@code limit}, and keep to {@code pace} once it has begun. */
    public static Awaited withinAndAt(Duration limit, Pace pace, String what) {
        return new Awaited(what, Optional.of(limit), Optional.of(pace), PacedFrom.FIRST_BYTE);
    }

    /** Returns a time in seconds, as people write it. */
    static String seconds(Duration time) {
        return time.toMillis() % 1000 == 0 ? time.toSeconds() + " s" : time.toMillis() / 1000.0 + " s";
    }
}
