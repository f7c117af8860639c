package org.sksync.files.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.FileListing;
import org.sksync.files.scan.SkippedFile;

class NameFormsTest {
    private static final long NOW = 1_700_000_000_000L;
    private static final String COMPOSED = "caf\u00e9";
    private static final String DECOMPOSED = "cafe\u0301";
    /** One text in three forms: composed, half and half, decomposed. */
    private static final List<String> THREE = List.of("\u1ec5", "\u00ea\u0303", "e\u0302\u0303");

    private static SettledPlan settle(Map<String, Long> server, Map<String, Long> client, SyncDirection direction) {
        return settle(server, client, new SyncPolicy(direction, TimeUse.USED, Duration.ofSeconds(1)));
    }

    private static SettledPlan settle(Map<String, Long> server, Map<String, Long> client, SyncPolicy policy) {
        FileListing onServer = listing(server);
        FileListing onClient = listing(client);
        return NameForms.settle(Reconciler.plan(onServer, onClient, policy), onServer, onClient, policy);
    }

    private static FileListing listing(Map<String, Long> files) {
        FileListing.Builder builder = FileListing.builder();
        files.forEach((name, time) -> builder.add(new FileEntry(path(name), time, FileEntry.UNKNOWN_SIZE)));
        return builder.build();
    }

    private static RelativePath path(String name) {
        try {
            return RelativePath.of(name);
        } catch (PathRefusedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> names(List<FileEntry> files) {
        return files.stream().map(file -> file.path().text()).toList();
    }

    @Test
    void sendsTheClientsNewerFileToWhereTheServerHasItInAnotherForm() {
        SettledPlan settled =
                settle(Map.of(COMPOSED, NOW), Map.of(DECOMPOSED, NOW + 1000), SyncDirection.BIDIRECTIONAL);

        assertThat(names(settled.plan().toServer())).containsExactly(DECOMPOSED);
        assertThat(settled.plan().toClient()).isEmpty();
        assertThat(settled.plan().onServer(path(DECOMPOSED))).isEqualTo(path(COMPOSED));
        assertThat(settled.leftOut()).isEmpty();
    }

    @Test
    void sendsTheServersNewerFileUnderTheClientsName() {
        SettledPlan settled =
                settle(Map.of(COMPOSED, NOW + 1000), Map.of(DECOMPOSED, NOW), SyncDirection.BIDIRECTIONAL);

        assertThat(settled.plan().toServer()).isEmpty();
        assertThat(names(settled.plan().toClient())).containsExactly(COMPOSED);
        assertThat(settled.plan().clientNames()).containsEntry(path(COMPOSED), path(DECOMPOSED));
        assertThat(settled.leftOut()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void movesNothingWhereTheTwoAreOfOneTime(SyncDirection direction) {
        SettledPlan settled = settle(Map.of("d/" + COMPOSED, NOW), Map.of("d/" + DECOMPOSED, NOW), direction);

        assertThat(settled).isEqualTo(new SettledPlan(new SyncPlan(List.of(), List.of()), List.of()));
    }

    @Test
    void replacesNothingWhereTimesAreIgnored() {
        SyncPolicy policy = new SyncPolicy(SyncDirection.BIDIRECTIONAL, TimeUse.IGNORED, Duration.ofSeconds(1));

        SettledPlan settled = settle(Map.of(COMPOSED, NOW), Map.of(DECOMPOSED, NOW + 5000), policy);

        assertThat(settled.plan().toServer()).isEmpty();
        assertThat(settled.plan().toClient()).isEmpty();
    }

    @Test
    void leavesOutWhatWouldBeASecondFileOfOneName() {
        SettledPlan settled = settle(
                Map.of(COMPOSED, NOW), Map.of(COMPOSED, NOW + 1000, DECOMPOSED, NOW), SyncDirection.BIDIRECTIONAL);

        assertThat(names(settled.plan().toServer())).containsExactly(COMPOSED);
        assertThat(settled.leftOut()).extracting(SkippedFile::name).containsExactly(DECOMPOSED);
        assertThat(settled.leftOut().get(0).detail()).contains("Unicode form", "rename");
    }

    @Test
    void sendsTheComposedOneOfSeveralThatTheOtherSideLacks() {
        SettledPlan settled =
                settle(Map.of(COMPOSED, NOW, DECOMPOSED, NOW + 1000), Map.of(), SyncDirection.BIDIRECTIONAL);

        assertThat(names(settled.plan().toClient())).containsExactly(COMPOSED);
        assertThat(settled.leftOut()).extracting(SkippedFile::name).containsExactly(DECOMPOSED);
    }

    @Test
    void leavesFilesAloneThatBothSidesHaveInBothForms() {
        SettledPlan settled = settle(
                Map.of(COMPOSED, NOW, DECOMPOSED, NOW),
                Map.of(COMPOSED, NOW + 1000, DECOMPOSED, NOW - 1000),
                SyncDirection.BIDIRECTIONAL);

        assertThat(names(settled.plan().toServer())).containsExactly(COMPOSED);
        assertThat(names(settled.plan().toClient())).containsExactly(DECOMPOSED);
        assertThat(settled.leftOut()).isEmpty();
    }

    @Test
    void leavesNamesApartThatDifferInCaseOrInWhatOnlyLooksAlike() {
        SettledPlan settled = settle(
                Map.of("\u00c9", NOW, "A", NOW), Map.of("\u00e9", NOW, "\u0410", NOW), SyncDirection.BIDIRECTIONAL);

        assertThat(settled.plan().toServer()).hasSize(2);
        assertThat(settled.plan().toClient()).hasSize(2);
    }

    @Test
    void leavesOneFileOfANameAndNothingToDo() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 5_000; i++) {
            Map<String, Long> server = randomTree(random);
            Map<String, Long> client = randomTree(random);
            SyncPolicy policy = new SyncPolicy(
                    List.of(SyncDirection.values()).get(random.nextInt(3)), TimeUse.USED, Duration.ofSeconds(1));
            String run = "seed %d, run %d: %s / %s by %s".formatted(seed, i, server, client, policy);

            SettledPlan settled = settle(server, client, policy);

            int most = Math.max(1, Math.max(server.size(), client.size()));
            SyncPlan plan = settled.plan();
            Map<RelativePath, RelativePath> clientNames = plan.clientNames();
            plan.toServer().forEach(file -> receive(run, file, plan.onServer(file.path()), server));
            plan.toClient()
                    .forEach(file -> receive(run, file, clientNames.getOrDefault(file.path(), file.path()), client));
            assertThat(server.size()).as(run).isLessThanOrEqualTo(most);
            assertThat(client.size()).as(run).isLessThanOrEqualTo(most);
            SyncPlan second = settle(server, client, policy).plan();
            assertThat(second.toServer()).as(run).isEmpty();
            assertThat(second.toClient()).as(run).isEmpty();
        }
    }

    private static void receive(String run, FileEntry file, RelativePath place, Map<String, Long> tree) {
        Long replaced = tree.put(place.text(), file.mtimeMillis());
        assertThat(replaced == null || replaced < file.mtimeMillis()).as(run).isTrue();
    }

    private static Map<String, Long> randomTree(Random random) {
        Map<String, Long> tree = new TreeMap<>();
        for (String name : THREE) {
            if (random.nextInt(2) == 0) {
                tree.put(name, NOW + random.nextInt(3) * 1000L);
            }
        }
        return new LinkedHashMap<>(tree);
    }
}
