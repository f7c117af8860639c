package org.sksync.cli.command;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.sksync.cli.command.ProgressState.Bound;
import org.sksync.cli.command.ProgressState.LongFile;
import org.sksync.cli.command.ProgressState.Stage;

/**
 * Counts what a sync does. The connection's thread counts, as cheaply as can be; any thread may ask, and hears of numbers
 * that were true a moment ago.
 */
final class ProgressCount {

    /** Shorter files are over before anyone has read their names. */
    private static final long LONG_FILE_BYTES = 4_000_000;

    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong sentFiles = new AtomicLong();
    private final AtomicLong receivedFiles = new AtomicLong();
    private volatile Stage stage = Stage.CONNECTING;
    private final AtomicLong mostFiles = new AtomicLong(Integer.MAX_VALUE);
    private final AtomicLong mostBytes = new AtomicLong();
    private final LongSupplier nanoTime;
    private volatile @Nullable Begun longFile;
    private volatile long firstNanos;

    /** A long file, and what had been moved before it. */
    private record Begun(String name, long bytes, long movedBefore) {}

    ProgressCount(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    void established() {
        enter(Stage.COMPARING);
    }

    void sendsAtMost(int files, long most) {
        mostFiles.setRelease(files);
        mostBytes.setRelease(most);
    }

    void begun(Stage direction, String name, long length) {
        enter(direction);
        if (length >= LONG_FILE_BYTES) {
            longFile = new Begun(name, length, bytes.getPlain());
        } else if (longFile != null) {
            longFile = null;
        }
    }

    void moved(int more) {
        add(bytes, more);
    }

    void sent() {
        add(sentFiles, 1);
    }

    void received() {
        add(receivedFiles, 1);
    }

    ProgressState state() {
        Stage now = stage;
        long moved = bytes.get();
        int most = (int) mostFiles.get();
        boolean mostKnown = now == Stage.SENDING && most < Integer.MAX_VALUE;
        return new ProgressState(
                now,
                (int) sentFiles.get(),
                (int) receivedFiles.get(),
                moved,
                mostKnown ? Optional.of(new Bound(most, mostBytes.get())) : Optional.empty(),
                underWay(moved));
    }

    private Optional<LongFile> underWay(long moved) {
        Begun begun = longFile;
        long done = begun == null ? 0 : moved - begun.movedBefore();
        return begun == null || done >= begun.bytes()
                ? Optional.empty()
                : Optional.of(new LongFile(begun.name(), begun.bytes(), Math.max(done, 0)));
    }

    /** Returns when the first file began, in the nanoseconds of the clock; of no use before that. */
    long firstNanos() {
        return firstNanos;
    }

    private void enter(Stage next) {
        if (stage != next) {
            if (stage == Stage.COMPARING) {
                firstNanos = nanoTime.getAsLong();
            }
            stage = next;
        }
    }

    /** Only one thread adds. */
    private static void add(AtomicLong number, long more) {
        number.setRelease(number.getPlain() + more);
    }
}
