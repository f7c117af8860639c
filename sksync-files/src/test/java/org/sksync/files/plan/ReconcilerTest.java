package org.sksync.files.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.FileListing;

class ReconcilerTest {
    private static final long NOW = 1_700_000_000_000L;
    private static final SyncPlan NOTHING = new SyncPlan(List.of(), List.of());

    private static SyncPolicy policy(SyncDirection direction, TimeUse times) {
        return new SyncPolicy(direction, times, Duration.ofSeconds(1));
    }

    @ParameterizedTest
    @EnumSource
    void sendsMissingFilesInTheDirectionsOfThePolicy(SyncDirection direction) {
        for (TimeUse times : TimeUse.values()) {
            SyncPlan plan =
                    Reconciler.plan(listing(Map.of("s", NOW)), listing(Map.of("c", NOW)), policy(direction, times));

            assertThat(plan.toServer()).hasSize(direction == SyncDirection.FROM_SERVER ? 0 : 1);
            assertThat(plan.toClient()).hasSize(direction == SyncDirection.TO_SERVER ? 0 : 1);
            assertThat(plan.toServer()).allMatch(e -> e.path().text().equals("c"));
            assertThat(plan.toClient()).allMatch(e -> e.path().text().equals("s"));
        }
    }

    /** Seconds that the client's copy is newer by, the window, and where the file travels with times used. */
    static Stream<Arguments> differences() {
        return Stream.of(-2L, -1L, 0L, 1L, 2L).flatMap(difference -> Stream.of(1L, 2L, 3L)
                .map(window -> Arguments.of(difference, window, difference >= window, -difference >= window)));
    }

    @ParameterizedTest
    @MethodSource("differences")
    void sendsTheNewerCopyOnceItIsNewerByTheWindow(long difference, long window, boolean up, boolean down) {
        FileListing server = listing(Map.of("f", NOW));
        FileListing client = listing(Map.of("f", NOW + difference * 1000));

        for (SyncDirection direction : SyncDirection.values()) {
            SyncPlan plan = Reconciler.plan(
                    server, client, new SyncPolicy(direction, TimeUse.USED, Duration.ofSeconds(window)));

            assertThat(!plan.toServer().isEmpty()).isEqualTo(up && direction.filesToServer());
            assertThat(!plan.toClient().isEmpty()).isEqualTo(down && direction.filesToClient());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {NOW, 0, -1000, -5000})
    void comparesWholeSeconds(long base) {
        SyncPolicy policy = policy(SyncDirection.BIDIRECTIONAL, TimeUse.USED);

        assertThat(Reconciler.plan(listing(Map.of("f", base + 999)), listing(Map.of("f", base)), policy))
                .isEqualTo(NOTHING);
        assertThat(Reconciler.plan(listing(Map.of("f", base)), listing(Map.of("f", base - 1)), policy)
                        .toClient())
                .hasSize(1);
    }

    @Test
    void keepsItsHeadAtTheEndsOfTime() {
        FileListing first = listing(Map.of("f", Long.MIN_VALUE));
        FileListing last = listing(Map.of("f", Long.MAX_VALUE));
        SyncPolicy policy = policy(SyncDirection.BIDIRECTIONAL, TimeUse.USED);

        SyncPlan down = Reconciler.plan(last, first, policy);
        SyncPlan up = Reconciler.plan(first, last, policy);

        assertThat(down.toClient()).hasSize(1);
        assertThat(down.toServer()).isEmpty();
        assertThat(up.toServer()).hasSize(1);
        assertThat(up.toClient()).isEmpty();
    }

    @Test
    void neverReplacesWithTimesIgnored() {
        SyncPolicy policy = policy(SyncDirection.BIDIRECTIONAL, TimeUse.IGNORED);

        assertThat(Reconciler.plan(listing(Map.of("f", 0L)), listing(Map.of("f", NOW)), policy))
                .isEqualTo(NOTHING);
        assertThat(Reconciler.plan(listing(Map.of("f", NOW)), listing(Map.of("f", 0L)), policy))
                .isEqualTo(NOTHING);
    }

    @Test
    void plansAFileAndADirectoryOfOneNameAsTwoMissingFiles() {
        SyncPlan plan = Reconciler.plan(
                listing(Map.of("a", NOW)),
                listing(Map.of("a/b", NOW)),
                policy(SyncDirection.BIDIRECTIONAL, TimeUse.USED));

        assertThat(plan.toClient()).extracting(e -> e.path().text()).containsExactly("a");
        assertThat(plan.toServer()).extracting(e -> e.path().text()).containsExactly("a/b");
    }

    @ParameterizedTest
    @EnumSource
    void replacesWhatIsOlderByTheWindowInAnyDirection(SyncDirection direction) {
        SyncPolicy used = new SyncPolicy(direction, TimeUse.USED, Duration.ofSeconds(2));
        SyncPolicy ignored = new SyncPolicy(direction, TimeUse.IGNORED, Duration.ofSeconds(2));

        assertThat(used.replaces(entry("f", NOW + 2000), entry("f", NOW))).isTrue();
        assertThat(used.replaces(entry("f", NOW + 1999), entry("f", NOW))).isFalse();
        assertThat(used.replaces(entry("f", NOW), entry("f", NOW + 2000))).isFalse();
        assertThat(ignored.replaces(entry("f", NOW + 2000), entry("f", NOW))).isFalse();
    }

    @Test
    void refusesAWindowThatIsNoWholeNumberOfSecondsFromOneUp() {
        for (Duration window : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1), Duration.ofMillis(1500)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new SyncPolicy(SyncDirection.BIDIRECTIONAL, TimeUse.USED, window));
        }
    }

    @Test
    void leavesNothingToDoAndLosesNothingNewer() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 10_000; i++) {
            Map<String, Long> server = randomTree(random);
            Map<String, Long> client = randomTree(random);
            SyncPolicy policy = new SyncPolicy(
                    List.of(SyncDirection.values()).get(random.nextInt(3)),
                    List.of(TimeUse.values()).get(random.nextInt(2)),
                    Duration.ofSeconds(1 + random.nextInt(3)));
            String run = "seed %d, run %d: %s / %s by %s".formatted(seed, i, server, client, policy);

            SyncPlan plan = Reconciler.plan(listing(server), listing(client), policy);

            assertThat(Collections.disjoint(paths(plan.toServer()), paths(plan.toClient())))
                    .as(run)
                    .isTrue();
            receive(run, plan.toServer(), server);
            receive(run, plan.toClient(), client);
            assertThat(Reconciler.plan(listing(server), listing(client), policy))
                    .as(run)
                    .isEqualTo(NOTHING);
        }
    }

    private static List<RelativePath> paths(List<FileEntry> entries) {
        return entries.stream().map(FileEntry::path).toList();
    }

    private static void receive(String run, Iterable<FileEntry> files, Map<String, Long> tree) {
        for (FileEntry file : files) {
            Long replaced = tree.put(file.path().text(), file.mtimeMillis());
            assertThat(replaced == null || replaced < file.mtimeMillis())
                    .as(run)
                    .isTrue();
        }
    }

    private static Map<String, Long> randomTree(Random random) {
        Map<String, Long> tree = new TreeMap<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            String name = random.nextBoolean() ? "d/" + random.nextInt(5) : "" + random.nextInt(5);
            tree.put(name, randomTime(random));
        }
        return tree;
    }

    private static long randomTime(Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> Long.MIN_VALUE;
            case 1 -> Long.MAX_VALUE;
            case 2 -> -random.nextInt(4000);
            default -> NOW + random.nextInt(5000);
        };
    }

    private static FileListing listing(Map<String, Long> files) {
        FileListing.Builder builder = FileListing.builder();
        files.forEach((name, mtimeMillis) -> builder.add(entry(name, mtimeMillis)));
        return builder.build();
    }

    private static FileEntry entry(String name, long mtimeMillis) {
        try {
            return new FileEntry(RelativePath.of(name), mtimeMillis, FileEntry.UNKNOWN_SIZE);
        } catch (PathRefusedException e) {
            throw new AssertionError(e);
        }
    }
}
