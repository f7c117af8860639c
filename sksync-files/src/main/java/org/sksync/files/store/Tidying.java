package org.sksync.files.store;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.ScanDepth;
import org.sksync.files.scan.SkippedFile;

/**
 * What is to be done in a listed directory when a daemon starts, and now and then: temp files of dead processes and
 * replaced files that were kept long enough are removed, in it and in each directory below it, since a client may have
 * synced any. Blocks, on any thread; sessions may be at work in the directory meanwhile.
 */
public final class Tidying {
    /**
     * What was done.
     *
     * @param temps how many temp files were removed
     * @param pruned the replaced files that were removed
     * @param problems what could not be read or removed
     */
    public record Result(long temps, ReplacedFiles.Pruned pruned, List<SkippedFile> problems) {
        /** Copies the list. */
        public Result {
            Objects.requireNonNull(pruned, "pruned");
            problems = List.copyOf(problems);
        }
    }

    private static final int MAX_PROBLEMS = 100;
    private static final int MAX_LEVELS = PlatformNames.MAX_DEPTH;

    private final PathLocks locks;
    private final KeepReplaced keep;
    private final Instant now;
    private final BooleanSupplier stopped;
    private final List<SkippedFile> problems = new ArrayList<>();
    private long temps;
    private ReplacedFiles.Pruned pruned = ReplacedFiles.Pruned.NOTHING;

    private Tidying(PathLocks locks, KeepReplaced keep, Instant now, BooleanSupplier stopped) {
        this.locks = locks;
        this.keep = keep;
        this.now = now;
        this.stopped = stopped;
    }

    /**
     * Tidies a directory, and all below it.
     *
     * @param realRoot the directory as {@link Path#toRealPath} gives it
     * @param depth whether what lies below is tidied too, which takes as long as a scan
     * @param locks shared by all the stores of the process
     * @param keep how long and how much is kept; if that is off, replaced files are left alone
     * @param now the time to judge ages by
     * @param stopped asked before each entry that is looked at, on the same thread; once it says true, this ends with
     *     an exception. It may take its time, which slows this down and holds up no session
     * @throws ClosedChannelException if it was stopped; what was removed is gone
     * @throws IOException if the directory itself can't be read
     */
    public static Result tidy(
            Path realRoot, ScanDepth depth, PathLocks locks, KeepReplaced keep, Instant now, BooleanSupplier stopped)
            throws IOException {
        Tidying tidying =
                new Tidying(Objects.requireNonNull(locks, "locks"), Objects.requireNonNull(keep, "keep"), now, stopped);
        try (HeldDirectory top = Disk.of(realRoot.getFileSystem()).hold(realRoot)) {
            Walk walk = tidying.new Walk();
            if (depth == ScanDepth.TREE) {
                new TreeWalk(walk, stopped).walk(top);
            } else {
                walk.visit(new TreeWalk.Level(top, "", 0), top.name(RelativePath.STAGING_NAME));
            }
        }
        return new Result(tidying.temps, tidying.pruned, tidying.problems);
    }

    private final class Walk implements TreeWalk.Visitor {
        @Override
        public boolean visit(TreeWalk.Level level, Path name) throws ClosedChannelException {
            try {
                if (level.directory()
                        .attributes(name)
                        .filter(HeldDirectory::isDirectory)
                        .isEmpty()) {
                    return false;
                }
                if (!name.toString().equals(RelativePath.STAGING_NAME)) {
                    // Such a directory holds nothing that a session has seen.
                    return level.depth() < MAX_LEVELS && !name.toString().equalsIgnoreCase(RelativePath.STAGING_NAME);
                }
                tidyStaging(level, name);
            } catch (ClosedChannelException e) {
                throw e;
            } catch (IOException e) {
                report(level.prefix() + name, e);
            }
            return false;
        }

        @Override
        public void unreadable(String prefix, IOException error) {
            report(prefix, error);
        }
    }

    private void tidyStaging(TreeWalk.Level level, Path name) throws IOException {
        Failures failures = new Failures();
        try (HeldDirectory staging = level.directory().open(name)) {
            TempSweep sweep = new TempSweep(staging, locks, now);
            failures.run(sweep::run);
            temps += sweep.removed();
            failures.run(() -> pruned = pruned.plus(ReplacedFiles.prune(staging, keep, now, stopped)));
        }
        failures.run(() -> level.directory().deleteDirectoryIfEmpty(name));
        failures.rethrow();
    }

    private void report(String name, IOException error) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(new SkippedFile(name, DiskProblem.of(error), DiskProblem.describe(error)));
        }
    }
}
