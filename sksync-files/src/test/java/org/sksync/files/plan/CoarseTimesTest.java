package org.sksync.files.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.FileListing;

class CoarseTimesTest {
    private static final long NOW = 1_700_000_000_000L;

    private static boolean isTold(long serverMillis, long clientMillis, TimeUse times, int windowSeconds) {
        FileListing server = listing(Map.of("f", serverMillis, "only here", NOW));
        FileListing client = listing(Map.of("f", clientMillis, "only there", NOW));
        SyncPolicy policy = new SyncPolicy(SyncDirection.BIDIRECTIONAL, times, Duration.ofSeconds(windowSeconds));
        return CoarseTimes.firstIn(Reconciler.plan(server, client, policy), server, client, policy)
                .filter(path -> path.text().equals("f"))
                .isPresent();
    }

    private static FileListing listing(Map<String, Long> files) {
        FileListing.Builder builder = FileListing.builder();
        files.forEach((name, time) -> builder.add(entry(name, time)));
        return builder.build();
    }

    private static FileEntry entry(String name, long time) {
        try {
            return new FileEntry(RelativePath.of(name), time, FileEntry.UNKNOWN_SIZE);
        } catch (PathRefusedException e) {
            throw new AssertionError(e);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, false", "999, false", "1000, true", "1999, true", "2000, false", "3600000, false"})
    void tellsOfAFileThatTravelsForLessThanACardKeepsApart(long apart, boolean told) {
        assertThat(isTold(NOW, NOW + apart, TimeUse.USED, 1)).isEqualTo(told);
        assertThat(isTold(NOW + apart, NOW, TimeUse.USED, 1)).isEqualTo(told);
    }

    @Test
    void tellsNothingWhereTheWindowMakesUpForItOrTimesDoNotCount() {
        assertThat(isTold(NOW, NOW + 1000, TimeUse.USED, 2)).isFalse();
        assertThat(isTold(NOW, NOW + 1000, TimeUse.IGNORED, 1)).isFalse();
    }

    @Test
    void keepsItsHeadAtTheEndsOfTime() {
        assertThat(CoarseTimes.differByLess(entry("f", Long.MIN_VALUE), entry("f", Long.MAX_VALUE)))
                .isFalse();
    }

    @Test
    void namesTheFileAndTheKey() throws Exception {
        assertThat(CoarseTimes.advice(RelativePath.of("notes/a"), "that file"))
                .contains("\"notes/a\"", "modify_window to 2 in that file");
        assertThat(CoarseTimes.adviceOfRounding(RelativePath.of("notes/a"), "that file"))
                .contains("\"notes/a\"", "modify_window to 2 in that file");
    }
}
