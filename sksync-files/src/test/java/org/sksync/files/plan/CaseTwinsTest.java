package org.sksync.files.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.FileListing;
import org.sksync.files.scan.SkippedFile;

class CaseTwinsTest {
    private static final SyncPolicy POLICY =
            new SyncPolicy(SyncDirection.BIDIRECTIONAL, TimeUse.USED, Duration.ofSeconds(1));

    private static FileListing listing(String... names) {
        FileListing.Builder builder = FileListing.builder();
        for (String name : names) {
            builder.add(new FileEntry(path(name), 1_700_000_000_000L, FileEntry.UNKNOWN_SIZE));
        }
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

    @ParameterizedTest
    @CsvSource({
        "Readme, README",
        "a/Readme, A/readme",
        "\u00dcber, \u00fcber",
        "stra\u00dfe, STRASSE",
        "caf\u00e9, CAFE\u0301",
        "\u03c2, \u03a3"
    })
    void warnsOfNamesThatSomeDiskTakesForOne(String one, String other) {
        Optional<String> warning = CaseTwins.warning(listing("x", one, other), path -> true);

        assertThat(warning).hasValueSatisfying(text -> assertThat(text).contains(one, other, "rename"));
    }

    @ParameterizedTest
    @CsvSource({"readme, readme.txt", "a/b, a-b", "A, \u0410", "Aa, BB"})
    void doesNotWarnOfOthers(String one, String other) {
        assertThat(CaseTwins.warning(listing(one, other), path -> true)).isEmpty();
    }

    @Test
    void warnsOfTwinsOnlyWhereOneOfThemTravels() {
        FileListing listing = listing("README", "Readme", "notes");

        assertThat(CaseTwins.warning(listing, Set.of(path("notes"))::contains)).isEmpty();
        assertThat(CaseTwins.warning(listing, Set.of(path("README"))::contains)).isPresent();
        assertThat(CaseTwins.warning(listing, Set.of(path("Readme"))::contains)).isPresent();
    }

    @Test
    void leavesBothTwinsWhereTheyAreOnADiskThatTakesThemForOne() throws Exception {
        FileListing server = listing("readme", "other");
        FileListing client = listing("README", "new");

        SettledPlan settled = CaseTwins.leaveOut(
                Reconciler.plan(server, client, POLICY),
                server,
                client,
                path -> path.text().equals("README") ? Optional.of("it is there") : Optional.empty());

        assertThat(names(settled.plan().toServer())).containsExactly("new");
        assertThat(names(settled.plan().toClient())).containsExactly("other");
        assertThat(settled.leftOut()).extracting(SkippedFile::name).containsExactly("README");
        assertThat(settled.leftOut().get(0).detail()).contains("\"readme\"", "rename");
    }

    @Test
    void goesOnToSyncTheTwinThatBothSidesHave() throws Exception {
        FileListing server = listing("readme");
        FileListing.Builder both = FileListing.builder();
        both.add(new FileEntry(path("readme"), 1_600_000_000_000L, FileEntry.UNKNOWN_SIZE));
        both.add(new FileEntry(path("README"), 1_800_000_000_000L, FileEntry.UNKNOWN_SIZE));
        FileListing client = both.build();

        SettledPlan settled = CaseTwins.leaveOut(
                Reconciler.plan(server, client, POLICY), server, client, path -> Optional.of("it is there"));

        assertThat(settled.plan().toServer()).isEmpty();
        assertThat(names(settled.plan().toClient())).containsExactly("readme");
    }

    @Test
    void tellsWhatTheDiskSaysWhereNoFileIsTheTwin() throws Exception {
        FileListing server = listing("dir/a");
        FileListing client = listing("DIR/b");

        SettledPlan settled = CaseTwins.leaveOut(
                Reconciler.plan(server, client, POLICY),
                server,
                client,
                path -> Optional.of("a directory is in the way"));

        assertThat(settled.leftOut())
                .singleElement()
                .returns("DIR/b", SkippedFile::name)
                .extracting(SkippedFile::detail)
                .asString()
                .startsWith("a directory is in the way");
        assertThat(names(settled.plan().toClient())).containsExactly("dir/a");
    }

    @Test
    void changesNothingWhereNothingIsInTheWay() throws Exception {
        FileListing server = listing("readme");
        FileListing client = listing("README");
        SyncPlan plan = Reconciler.plan(server, client, POLICY);

        assertThat(CaseTwins.leaveOut(plan, server, client, path -> Optional.empty()))
                .isEqualTo(new SettledPlan(plan, List.of()));
    }

    @Test
    void findsTheTwinOfAFileThatIsNotListed() {
        FileListing listing = listing("a", "Caf\u00e9/x", "b");

        assertThat(CaseTwins.twinOf(path("CAFE\u0301/X"), listing)).contains(path("Caf\u00e9/x"));
        assertThat(CaseTwins.twinOf(path("c"), listing)).isEmpty();
    }
}
