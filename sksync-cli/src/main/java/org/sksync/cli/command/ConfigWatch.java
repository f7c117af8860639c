package org.sksync.cli.command;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.sksync.config.FileStamp;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks twice a second whether files have changed, and tells once they have come to rest: whoever writes a file piece by
 * piece is given half a second. What is told runs on the one thread of the watch.
 */
final class ConfigWatch implements AutoCloseable {

    /** Why the files are to be read. */
    enum Cause {
        /** They are other ones than when they were read last. */
        CHANGED,
        /** Somebody asked for it. */
        ASKED
    }

    /** Reads the files. */
    @FunctionalInterface
    interface Reading {
        void read(Cause cause);
    }

    private static final Logger LOG = LoggerFactory.getLogger(ConfigWatch.class);
    private static final Duration PERIOD = Duration.ofMillis(500);

    private final Supplier<List<Path>> files;
    private final Reading reading;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("sksync-config", true));
    /** What was read last: nothing at first, since between the start's own reading and now they may have changed. */
    private List<FileStamp> read = List.of();

    private List<FileStamp> seen = List.of();

    /**
     * Creates a watch that does not look yet.
     *
     * @param files asked at each look
     */
    ConfigWatch(Supplier<List<Path>> files, Reading reading) {
        this.files = files;
        this.reading = reading;
    }

    /** Looks from now on. */
    void begin() {
        thread.scheduleWithFixedDelay(
                () -> guarded(this::look), PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Has the files read now, whether they have changed or not; on any thread, and does not wait for it. */
    void readNow() {
        try {
            thread.execute(() -> guarded(() -> {
                read = stamps();
                reading.read(Cause.ASKED);
            }));
        } catch (RejectedExecutionException e) {
            // The daemon stops.
            return;
        }
    }

    void look() {
        List<FileStamp> now = stamps();
        boolean atRest = now.equals(seen);
        seen = now;
        if (atRest && !now.equals(read)) {
            // Stamped before they are read: what is written meanwhile shows at the next look.
            read = now;
            reading.read(Cause.CHANGED);
        }
    }

    private List<FileStamp> stamps() {
        return files.get().stream().map(FileStamp::of).toList();
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            // The next look would not come.
            LOG.error("a fault in this program kept the configuration from being read again", e);
        }
    }

    /** Looks no more; does not wait for a reading that is under way. */
    @Override
    public void close() {
        thread.shutdown();
    }
}
