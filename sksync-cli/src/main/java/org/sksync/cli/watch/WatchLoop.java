package org.sksync.cli.watch;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/** Syncs a folder whenever it is due, on the thread that runs it. */
public final class WatchLoop {

    /** How often the clocks are compared: so long after its end a sleep is noticed at the latest. */
    private static final Duration LOOK_AT_CLOCKS = Duration.ofSeconds(15);

    private final Syncing syncing;
    private final Changes changes;
    private final Schedule schedule;
    private final LongSupplier nanos;
    private final Clock clock;
    private volatile Times times = new Times(OptionalLong.empty(), OptionalLong.empty());

    /**
     * Where a loop stands between two syncs, by its clock.
     *
     * @param doneNanos when the last sync that got to its end did; empty where none has
     * @param dueNanos when the next one is due; empty where only a change brings it
     */
    private record Times(OptionalLong doneNanos, OptionalLong dueNanos) {}

    /**
     * How a loop waits.
     *
     * @param sinceDone how long ago a sync got to its end; empty where none has
     * @param untilDue how long it waits for the next one, not negative; empty where only a change brings it
     */
    public record Waiting(Optional<Duration> sinceDone, Optional<Duration> untilDue) {}

    /** What a loop does to its folder. */
    public interface Syncing {

        /** Syncs once, and tells how it went. */
        Outcome sync();

        /** Returns whether there is a file that somebody else has changed since the last sync left it. */
        boolean isChange(Path file);

        /** Returns whether changes here are told of; else only the clock brings the next sync. */
        boolean hearsChanges();
    }

    /**
     * Creates a loop.
     *
     * @param changes what has changed in the folder; of the same clock
     * @param nanos a clock that does not go back, in nanoseconds
     * @param clock the wall clock
     */
    public WatchLoop(
            Syncing syncing,
            Changes changes,
            Intervals intervals,
            LongSupplier nanos,
            Clock clock,
            RandomGenerator random) {
        this.syncing = syncing;
        this.changes = changes;
        this.schedule = new Schedule(intervals, new Backoff(random));
        this.nanos = nanos;
        this.clock = clock;
    }

    /**
     * Runs until there is nothing more to sync.
     *
     * @return how the last sync went
     * @throws InterruptedException if the thread was interrupted while it waited
     */
    public Outcome run() throws InterruptedException {
        Sleep sleep = new Sleep(nanos.getAsLong(), clock.millis());
        while (true) {
            if (sleep.noticed(nanos.getAsLong(), clock.millis())) {
                schedule.woke();
            }
            look();
            long now = nanos.getAsLong();
            long dueInNanos = schedule.dueInNanos(now);
            times = new Times(
                    times.doneNanos(),
                    dueInNanos == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(now + dueInNanos));
            if (dueInNanos == 0) {
                Outcome outcome = sync();
                if (outcome == Outcome.REFUSED || outcome == Outcome.INTERRUPTED) {
                    return outcome;
                }
            } else {
                await(Math.min(dueInNanos, LOOK_AT_CLOCKS.toNanos()));
            }
        }
    }

    /** Returns how it waits now, as far as it does. Any thread. */
    public Waiting waiting() {
        Times present = times;
        long now = nanos.getAsLong();
        return new Waiting(
                present.doneNanos().isEmpty()
                        ? Optional.empty()
                        : Optional.of(Duration.ofNanos(now - present.doneNanos().getAsLong())),
                present.dueNanos().isEmpty()
                        ? Optional.empty()
                        : Optional.of(
                                Duration.ofNanos(Math.max(0, present.dueNanos().getAsLong() - now))));
    }

    /** Looks at what has changed; not at all while something settles, where each further event would wake this thread. */
    private void await(long atMostNanos) throws InterruptedException {
        if (schedule.hasChange()) {
            Thread.sleep(Duration.ofNanos(atMostNanos).toMillis() + 1);
        } else {
            changes.await(atMostNanos);
        }
    }

    /** What has changed before a sync begins is synced by it; what changes while it runs is looked at after it. */
    private Outcome sync() {
        changes.take();
        schedule.began();
        Outcome outcome = syncing.sync();
        long now = nanos.getAsLong();
        schedule.ended(outcome, syncing.hearsChanges(), now);
        if (outcome == Outcome.DONE) {
            times = new Times(OptionalLong.of(now), OptionalLong.empty());
        }
        return outcome;
    }

    private void look() {
        Changes.Seen seen = changes.take();
        for (Map.Entry<Path, Long> file : seen.files().entrySet()) {
            if (syncing.isChange(file.getKey())) {
                schedule.changed(file.getValue());
            }
        }
        if (seen.somewhere()) {
            schedule.changed(seen.somewhereNanos());
        }
    }
}
