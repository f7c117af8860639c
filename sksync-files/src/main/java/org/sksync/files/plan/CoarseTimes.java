package org.sksync.files.plan;

import java.util.List;
import java.util.Optional;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.FileListing;

/**
 * Files that travel though their times differ by less than a FAT card keeps apart: two seconds. Such a file has most
 * likely not changed; a card has rounded its time, and it travels at each sync. A larger modify window ends that.
 */
public final class CoarseTimes {
    /** How many seconds a FAT card keeps apart, and the modify window that makes up for it. */
    public static final int STEP_SECONDS = 2;

    private CoarseTimes() {}

    /** Returns whether times decide by a window that is too small for such a card. */
    public static boolean matterTo(SyncPolicy policy) {
        return policy.times() == TimeUse.USED && policy.modifyWindow().toSeconds() < STEP_SECONDS;
    }

    /** Returns whether two copies of a file have different times that such a card does not keep apart. */
    public static boolean differByLess(FileEntry one, FileEntry other) {
        // Whole seconds of any two longs in milliseconds lie so close to zero that their difference can't overflow.
        long seconds = Math.abs(one.mtimeSeconds() - other.mtimeSeconds());
        return seconds > 0 && seconds < STEP_SECONDS;
    }

    /** Returns the first file of a plan that travels for such a difference; empty where the window is large enough. */
    public static Optional<RelativePath> firstIn(
            SyncPlan plan, FileListing server, FileListing client, SyncPolicy policy) {
        if (!matterTo(policy)) {
            return Optional.empty();
        }
        return firstIn(plan.toServer(), server).or(() -> firstIn(plan.toClient(), client));
    }

    private static Optional<RelativePath> firstIn(List<FileEntry> files, FileListing receiver) {
        return files.stream()
                .filter(file -> receiver.find(file.path())
                        .filter(present -> differByLess(file, present))
                        .isPresent())
                .map(FileEntry::path)
                .findFirst();
    }

    /** Returns what to tell of a file that {@link #firstIn} found; {@code where} is the file to set the window in. */
    public static String advice(RelativePath example, String where) {
        return "the times of \"" + example + "\" on the two sides are less than " + STEP_SECONDS
                + " s apart, as a FAT card leaves them, and such files travel at each sync" + nextStep(where);
    }

    /** Returns what to tell of a file whose time the own disk has rounded. */
    public static String adviceOfRounding(RelativePath example, String where) {
        return "this disk has rounded the time of \"" + example + "\", as a FAT card does, and such files travel at"
                + " each sync" + nextStep(where);
    }

    private static String nextStep(String where) {
        return "; set modify_window to " + STEP_SECONDS + " in " + where;
    }
}
