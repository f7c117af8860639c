package org.sksync.server.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.RelativePath;
import org.sksync.files.plan.SyncPlan;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.SkippedFile;
import org.sksync.server.config.FutureTimes;

class FutureFilesTest {

    private static final Instant NOW = Instant.parse("2030-06-01T12:00:00Z");

    private final FileEntry past = file("past", NOW.minusSeconds(1));
    private final FileEntry tolerated = file("tolerated", NOW.plusSeconds(24 * 3600));
    private final FileEntry ahead = file("ahead", NOW.plusSeconds(24 * 3600 + 1));

    private static FileEntry file(String name, Instant time) {
        try {
            return new FileEntry(RelativePath.of(name), time.toEpochMilli(), FileEntry.UNKNOWN_SIZE);
        } catch (PathRefusedException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Test
    void areNoneWithinADay() {
        SyncPlan plan = new SyncPlan(List.of(past, tolerated), List.of(ahead));

        assertThat(FutureFiles.in(plan, FutureTimes.REFUSED, NOW).plan()).isEqualTo(plan);
        assertThat(FutureFiles.in(plan, FutureTimes.ACCEPTED, NOW).warning()).isEmpty();
    }

    @Test
    void areStoredWithAWarning() {
        SyncPlan plan = new SyncPlan(List.of(ahead, past), List.of());

        FutureFiles found = FutureFiles.in(plan, FutureTimes.ACCEPTED, NOW);

        assertThat(found.plan()).isEqualTo(plan);
        assertThat(found.refused()).isEmpty();
        assertThat(found.warning()).hasValueSatisfying(text -> assertThat(text).contains("1 of", "\"ahead\""));
    }

    @Test
    void areLeftOutWhereTheyAreRefused() {
        FutureFiles found =
                FutureFiles.in(new SyncPlan(List.of(ahead, past), List.of(ahead)), FutureTimes.REFUSED, NOW);

        assertThat(found.plan()).isEqualTo(new SyncPlan(List.of(past), List.of(ahead)));
        assertThat(found.refused()).extracting(SkippedFile::name).containsExactly("ahead");
        assertThat(found.warning()).isEmpty();
    }
}
