package org.sksync.server.transfer;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.sksync.files.path.RelativePath;
import org.sksync.files.plan.CaseTwins;
import org.sksync.files.plan.CoarseTimes;
import org.sksync.files.plan.NameForms;
import org.sksync.files.plan.Reconciler;
import org.sksync.files.plan.SettledPlan;
import org.sksync.files.plan.SyncPlan;
import org.sksync.files.plan.SyncPolicy;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.FileListing;
import org.sksync.files.scan.SkippedFile;
import org.sksync.files.store.TreeStore;
import org.sksync.server.config.FutureTimes;

/**
 * What a session is going to do.
 *
 * @param plan the files that travel
 * @param leftOut the files that would, but for their names or times, or for being guarded
 * @param warnings what an operator should know
 * @param tellsOfTimes whether one of the warnings is about times that a disk has rounded
 */
record Planned(SyncPlan plan, List<SkippedFile> leftOut, List<String> warnings, boolean tellsOfTimes) {

    /** Where what decides about times is set. */
    static final String CONFIGURATION = "this daemon's sksync.json";

    private static final Comparator<FileEntry> BY_PATH = Comparator.comparing(FileEntry::path);

    /** Copies the lists. */
    Planned {
        Objects.requireNonNull(plan, "plan");
        leftOut = List.copyOf(leftOut);
        warnings = List.copyOf(warnings);
    }

    /**
     * Makes the plan; asks the disk where names decide.
     *
     * @throws IOException if the disk fails
     */
    static Planned of(
            FileListing own,
            FileListing client,
            SyncPolicy policy,
            TreeStore store,
            FutureTimes futureTimes,
            Instant now)
            throws IOException {
        SettledPlan formed = NameForms.settle(Reconciler.plan(own, client, policy), own, client, policy);
        SettledPlan free = withoutGuarded(formed.plan(), store);
        SettledPlan stored = withoutTwins(free.plan(), own, client, store);
        FutureFiles timely = FutureFiles.in(stored.plan(), futureTimes, now);
        SyncPlan plan = timely.plan();
        List<SkippedFile> leftOut = new ArrayList<>(formed.leftOut());
        leftOut.addAll(free.leftOut());
        leftOut.addAll(stored.leftOut());
        leftOut.addAll(timely.refused());
        List<String> warnings = new ArrayList<>();
        timely.warning().ifPresent(warnings::add);
        Optional<RelativePath> rounded = CoarseTimes.firstIn(plan, own, client, policy);
        rounded.map(file -> CoarseTimes.advice(file, CONFIGURATION)).ifPresent(warnings::add);
        if (!plan.toClient().isEmpty()) {
            CaseTwins.warning(own, path -> isNewToClient(path, plan, client)).ifPresent(warnings::add);
        }
        return new Planned(plan, leftOut, warnings, rounded.isPresent());
    }

    /** The client may list them, but their content need not travel to be refused. */
    private static SettledPlan withoutGuarded(SyncPlan plan, TreeStore store) {
        List<SkippedFile> guarded = new ArrayList<>();
        for (FileEntry file : plan.toServer()) {
            store.guarded(plan.onServer(file.path())).ifPresent(guarded::add);
        }
        return guarded.isEmpty()
                ? new SettledPlan(plan, List.of())
                : new SettledPlan(
                        plan.withToServer(plan.toServer().stream()
                                .filter(file -> store.guarded(plan.onServer(file.path()))
                                        .isEmpty())
                                .toList()),
                        guarded);
    }

    private static SettledPlan withoutTwins(SyncPlan plan, FileListing own, FileListing client, TreeStore store)
            throws IOException {
        if (plan.toServer().isEmpty() || !store.foldsCase(own)) {
            return new SettledPlan(plan, List.of());
        }
        return CaseTwins.leaveOut(plan, own, client, store::inTheWay);
    }

    private static boolean isNewToClient(RelativePath path, SyncPlan plan, FileListing client) {
        FileEntry wanted = new FileEntry(path, 0, FileEntry.UNKNOWN_SIZE);
        return Collections.binarySearch(plan.toClient(), wanted, BY_PATH) >= 0
                && client.find(path).isEmpty();
    }
}
