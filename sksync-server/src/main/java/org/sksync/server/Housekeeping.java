package org.sksync.server;

import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
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
 * directories is removed, and replaced files that were kept long enough.
 */
final class Housekeeping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration DAY = Duration.ofDays(1);

    private final AllowedRoots roots;
    private final PathLocks locks;
    private final KeepReplaced keep;
    private final Clock clock;
    private final ScheduledExecutorService thread =
            Executors.newSingleThreadScheduledExecutor(new DefaultThreadFactory("sksync-tidy", true));
    private volatile boolean stopped;

    private Housekeeping(AllowedRoots roots, PathLocks locks, KeepReplaced keep, Clock clock) {
        this.roots = roots;
        this.locks = locks;
        this.keep = keep;
        this.clock = clock;
    }

    /** Begins, on a thread of its own. */
    static Housekeeping start(AllowedRoots roots, PathLocks locks, KeepReplaced keep, Clock clock) {
        Housekeeping begun = new Housekeeping(roots, locks, keep, clock);
        begun.thread.scheduleWithFixedDelay(begun::tidyAll, 0, DAY.toSeconds(), TimeUnit.SECONDS);
        return begun;
    }

    private void tidyAll() {
        for (Path root : roots.existing()) {
            if (stopped) {
                return;
            }
            try {
                report(root, Tidying.tidy(root, ScanDepth.TREE, locks, keep, clock.instant(), () -> stopped));
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

    /** Ends the work soon, without waiting for it. */
    @Override
    public void close() {
        stopped = true;
        thread.shutdown();
    }
}
