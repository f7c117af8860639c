package org.sksync.files.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import org.junit.jupiter.api.Test;
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
}
