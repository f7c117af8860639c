package org.sksync.files.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.scan.ScanDepth;
import org.sksync.files.scan.SkipReason;

/** What a store promises where names that differ only in case name the same file. */
abstract class CaseFoldingTreeStoreContract extends TreeStoreContract {
    @Test
    void keepsTheFirstOfTwoFilesWhoseNamesDifferInCase() throws Exception {
        receive("readme", Optional.empty(), "first", TIME);

        assertThatExceptionOfType(FileChangedException.class)
                .isThrownBy(() -> store.receive(path("README"), Optional.empty()));
        assertThat(root.resolve("readme")).hasContent("first");
    }

    @Test
    void keepsDirectoriesWhoseNamesDifferInCaseApart() throws Exception {
        write("dir/sub/a", "x");

        assertSkipped(SkipReason.NAME, () -> store.receive(path("DIR/b"), Optional.empty()));
        assertSkipped(SkipReason.NAME, () -> store.receive(path("dir/Sub/b"), Optional.empty()));
        receive("dir/sub/b", Optional.empty(), "y", TIME);
        assertThat(root.resolve("dir/sub/b")).hasContent("y");
    }

    @Test
    void saysThatItTakesNamesForOne() throws Exception {
        write("1/-", "no letters");
        assertThat(store.foldsCase(
                        store.scan(ScanDepth.TREE, ExcludeFilter.none()).files()))
                .isFalse();

        write("readme", "x");

        assertThat(store.foldsCase(
                        store.scan(ScanDepth.TREE, ExcludeFilter.none()).files()))
                .isTrue();
        assertThat(store.traits()).isEqualTo(new DiskTraits(true, 0));
    }

    @Test
    void tellsWhatIsInTheWayOfAFileThatWasNotListed() throws Exception {
        write("dir/readme", "x");

        assertThat(store.inTheWay(path("dir/README"))).isPresent();
        assertThat(store.inTheWay(path("DIR/other")))
                .hasValueSatisfying(why -> assertThat(why).contains("DIR/other"));
        assertThat(store.inTheWay(path("dir/other"))).isEmpty();
        assertThat(store.inTheWay(path("other/dir"))).isEmpty();
    }
}
