package org.sksync.cli.doctor;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sksync.cli.doctor.Finding.Area;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.ResolvedRoot;
import org.sksync.files.plan.CaseTwins;
import org.sksync.files.plan.CoarseTimes;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.FileListing;
import org.sksync.files.scan.ScanDepth;
import org.sksync.files.scan.ScanResult;
import org.sksync.files.scan.SkipReason;
import org.sksync.files.scan.SkippedFile;
import org.sksync.files.store.DiskProblem;
import org.sksync.files.store.DiskTraits;
import org.sksync.files.store.Durability;
import org.sksync.files.store.Forcing;
import org.sksync.files.store.GuardedFiles;
import org.sksync.files.store.KeepReplaced;
import org.sksync.files.store.PathLocks;
import org.sksync.files.store.TimeErrors;
import org.sksync.files.store.TreeStore;

/**
 * The checks of a synced directory that exists: whether it can be read and written, how its disk takes names and times,
 * what in it can't be synced everywhere, and how much is free.
 */
final class Directories {

    private static final Duration AHEAD = Duration.ofHours(24);
    private static final long MEGABYTE = 1024L * 1024;

    private final PlatformNames names;
    private final SecureRandom random;
    private final Clock clock;
    private final PathLocks locks = new PathLocks();

    Directories(PlatformNames names, SecureRandom random, Clock clock) {
        this.names = names;
        this.random = random;
        this.clock = clock;
    }

    /**
     * What is expected of a directory.
     *
     * @param depth how deep it is synced
     * @param excludes the names that take no part
     * @param mustBeWritable whether a sync fails where it can't be written
     * @param modifyWindow how much newer a file must be to replace another one
     * @param reservedBytes how much of its disk must stay free
     * @param guarded the files that it should not hold
     */
    record Use(
            ScanDepth depth,
            ExcludeFilter excludes,
            boolean mustBeWritable,
            Duration modifyWindow,
            long reservedBytes,
            GuardedFiles guarded) {}

    /** Looks at a directory; leaves nothing in it. */
    List<Finding> of(ResolvedRoot root, Use use) {
        List<Finding> findings = new ArrayList<>();
        try (TreeStore store = TreeStore.open(
                root,
                names,
                use.guarded(),
                locks,
                random,
                clock,
                TimeErrors.FAIL,
                KeepReplaced.OFF,
                Durability.BATCH,
                Forcing.IN_TURN)) {
            files(store.scan(use.depth(), use.excludes()), findings);
            findings.add(space(store.usableBytes(), use.reservedBytes()));
            disk(store, use, findings);
        } catch (IOException e) {
            findings.add(Finding.bad(
                    Area.DIRECTORY,
                    "it can't be read: " + DiskProblem.describe(e),
                    "change its owner or mode, or run this as the user that syncs"));
        }
        return findings;
    }

    private void files(ScanResult scan, List<Finding> findings) {
        FileListing files = scan.files();
        findings.add(Finding.ok(Area.DIRECTORY, "it can be read; " + count(files.size(), "file") + " to sync"));
        own(scan).ifPresent(findings::add);
        List<SkippedFile> skipped = scan.skipped().stream()
                .filter(file -> file.reason() != SkipReason.GUARDED)
                .toList();
        if (!skipped.isEmpty()) {
            SkippedFile first = skipped.get(0);
            findings.add(Finding.warn(
                    Area.DIRECTORY,
                    count(skipped.size(), "name") + " can't be synced, " + first.name() + " among them: "
                            + first.detail(),
                    "rename them, change their mode, or exclude them with filter_fnmatch_exclude"));
        }
        CaseTwins.warning(files, path -> true)
                .ifPresent(twins -> findings.add(Finding.warn(Area.DIRECTORY, twins, "")));
        List<FileEntry> foreign = files.entries().stream()
                .filter(file ->
                        PlatformNames.WINDOWS.whyNotStorable(file.path()).isPresent())
                .toList();
        if (names != PlatformNames.WINDOWS && !foreign.isEmpty()) {
            FileEntry first = foreign.get(0);
            findings.add(Finding.ok(
                    Area.DIRECTORY,
                    count(foreign.size(), "name") + " will not reach a Windows machine, if there is one: the name \""
                            + first.path() + "\" "
                            + PlatformNames.WINDOWS.whyNotStorable(first.path()).orElse("")));
        }
        long latest = clock.instant().plus(AHEAD).toEpochMilli();
        List<FileEntry> ahead = files.entries().stream()
                .filter(file -> file.mtimeMillis() > latest)
                .toList();
        if (!ahead.isEmpty()) {
            findings.add(Finding.warn(
                    Area.DIRECTORY,
                    count(ahead.size(), "file") + " with times more than a day ahead, \""
                            + ahead.get(0).path() + "\" among them; they win over every other copy until then",
                    "check the clocks of the machines, and touch those files"));
        }
    }

    private static Optional<Finding> own(ScanResult scan) {
        List<String> held = scan.skipped().stream()
                .filter(file -> file.reason() == SkipReason.GUARDED)
                .map(SkippedFile::name)
                .toList();
        return held.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.bad(
                        Area.CONFIGURATION,
                        "it holds " + String.join(", ", held)
                                + " of this machine's own configuration, which no sync reads or replaces",
                        "move the configuration, and what it names, out of it"));
    }

    private static Finding space(long usable, long reserved) {
        String free = usable / MEGABYTE + " MB are free on its disk";
        return usable >= reserved
                ? Finding.ok(Area.DIRECTORY, free)
                : Finding.bad(
                        Area.DIRECTORY,
                        free + ", less than the " + reserved / MEGABYTE
                                + " MB that are to stay free, so no file is taken",
                        "make room, or set reserve_free_mb to less");
    }

    private static void disk(TreeStore store, Use use, List<Finding> findings) throws IOException {
        DiskTraits traits;
        try {
            traits = store.traits();
        } catch (IOException e) {
            String what = "it can't be written: " + DiskProblem.describe(e);
            String advice = "change its owner or mode, or run this as the user that syncs";
            findings.add(
                    use.mustBeWritable()
                            ? Finding.bad(Area.DIRECTORY, what, advice)
                            : Finding.warn(Area.DIRECTORY, what + "; files can be fetched from it alone", advice));
            return;
        }
        findings.add(Finding.ok(
                Area.DIRECTORY,
                "it can be written; the disk "
                        + (traits.foldsCase()
                                ? "takes names for one that differ only in case"
                                : "keeps names apart that differ only in case")));
        findings.add(times(traits.secondsOff(), use.modifyWindow()));
    }

    static Finding times(long secondsOff, Duration modifyWindow) {
        if (secondsOff == 0) {
            return Finding.ok(Area.DIRECTORY, "the disk keeps the times of files to the second");
        }
        if (modifyWindow.toSeconds() > secondsOff) {
            return Finding.ok(
                    Area.DIRECTORY,
                    "the disk rounds the times of files, and modify_window makes up for that if the server has it too");
        }
        return Finding.warn(
                Area.DIRECTORY,
                "the disk keeps the times of files " + secondsOff
                        + " s wrong, as FAT does, so that files travel again at each sync",
                "set modify_window to " + Math.max(CoarseTimes.STEP_SECONDS, secondsOff + 1)
                        + " in sksync.json, here and on the server");
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
