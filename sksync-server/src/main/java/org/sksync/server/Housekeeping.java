package org.sksync.server;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.sksync.files.path.AllowedRoots;
import org.sksync.files.path.EscapedText;
import org.sksync.files.scan.ScanDepth;
import org.sksync.files.scan.SkippedFile;
import org.sksync.files.store.DiskProblem;
import org.sksync.files.store.KeepReplaced;
import org.sksync.files.store.PathLocks;
import org.sksync.files.store.Tidying;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done beside the sessions, at the start and once a day: what killed processes have left behind in the allowed
 * directories is removed, and replaced files that were kept long enough. It is in no hurry, unlike the sessions.
 */
final class Housekeeping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration DAY = Duration.ofDays(1);

    private final Supplier<AllowedRoots> roots;
    private final PathLocks locks;
    private final Supplier<KeepReplaced> keep;
    private final Clock clock;
    private final LongSupplier nanoTime;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("sksync-tidy", true));
    /** Not an interrupt, which would close the file that is being looked at. */
    private final CountDownLatch stop = new CountDownLatch(1);

    private Housekeeping(
            Supplier<AllowedRoots> roots,
            PathLocks locks,
            Supplier<KeepReplaced> keep,
            Clock clock,
            LongSupplier nanoTime) {
        this.roots = roots;
        this.locks = locks;
        this.keep = keep;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /** Begins, on a thread of its own; {@code roots} and {@code keep} are asked for each time. */
    static Housekeeping start(
            Supplier<AllowedRoots> roots,
            PathLocks locks,
            Supplier<KeepReplaced> keep,
            Clock clock,
            LongSupplier nanoTime) {
        Housekeeping begun = new Housekeeping(roots, locks, keep, clock, nanoTime);
        begun.thread.scheduleWithFixedDelay(begun::tidyAll, 0, DAY.toSeconds(), TimeUnit.SECONDS);
        return begun;
    }

    private void tidyAll() {
        Pace pace = new Pace(nanoTime, nanos -> stop.await(nanos, TimeUnit.NANOSECONDS));
        for (Path root : roots.get().existing()) {
            if (pace.getAsBoolean()) {
                return;
            }
            try {
                report(root, Tidying.tidy(root, ScanDepth.TREE, locks, keep.get(), clock.instant(), pace));
            } catch (ClosedChannelException e) {
                return;
            } catch (IOException e) {
                LOG.warn("{} can't be tidied: {}", EscapedText.of(root.toString()), DiskProblem.describe(e));
            } catch (RuntimeException | Error e) {
                // The next day's run would not come.
                LOG.error("a fault in this program kept {} from being tidied", EscapedText.of(root.toString()), e);
            }
        }
    }

    private static void report(Path root, Tidying.Result result) {
        String name = EscapedText.of(root.toString());
        if (result.temps() > 0) {
            LOG.info("{} temp files of killed processes removed from {}", result.temps(), name);
        }
        if (result.pruned().files() > 0) {
            LOG.info(
                    "{} replaced files, {} bytes, removed from {}: they were kept long enough",
                    result.pruned().files(),
                    result.pruned().bytes(),
                    name);
        }
        for (SkippedFile problem : result.problems()) {
            LOG.warn("{} can't be tidied: {} {}", name, EscapedText.of(problem.name()), problem.detail());
        }
    }

    /** Ends the work soon, and a rest at once, without waiting for it. */
    @Override
    public void close() {
        stop.countDown();
        thread.shutdown();
    }
}
