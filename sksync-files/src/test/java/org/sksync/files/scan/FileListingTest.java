package org.sksync.files.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.sksync.files.path.RelativePath;

class FileListingTest {
    @Test
    void roundsTimesDownToWholeSeconds() throws Exception {
        RelativePath path = RelativePath.of("a");

        assertThat(new FileEntry(path, 1999, 0).wholeSecondMillis()).isEqualTo(1000);
        assertThat(new FileEntry(path, 1000, 0).wholeSecondMillis()).isEqualTo(1000);
        assertThat(new FileEntry(path, -1, 0).wholeSecondMillis()).isEqualTo(-1000);
        assertThat(new FileEntry(path, Long.MAX_VALUE, 0).wholeSecondMillis()).isEqualTo(9223372036854775000L);
        assertThat(new FileEntry(path, Long.MIN_VALUE, 0).wholeSecondMillis()).isEqualTo(-9223372036854775000L);
    }

    @Test
    void findsEachFileWhateverTheOrderOfAdding() throws Exception {
        FileListing.Builder builder = FileListing.builder();
        for (String name : new String[] {"b", "a/c", "a", "a.txt", "Z"}) {
            assertThat(builder.add(entry(name, 1))).isTrue();
        }
        FileListing listing = builder.build();

        assertThat(listing.entries()).extracting(e -> e.path().text()).containsExactly("Z", "a", "a.txt", "a/c", "b");
        assertThat(listing.size()).isEqualTo(5);
        for (FileEntry entry : listing.entries()) {
            assertThat(listing.find(entry.path())).containsSame(entry);
        }
        assertThat(listing.find(RelativePath.of("0"))).isEmpty();
        assertThat(listing.find(RelativePath.of("a/b"))).isEmpty();
        assertThat(listing.find(RelativePath.of("c"))).isEmpty();
    }

    @Test
    void keepsTheFirstOfTwoEntriesForOnePath() throws Exception {
        FileListing.Builder builder = FileListing.builder();

        assertThat(builder.add(entry("a", 1))).isTrue();
        assertThat(builder.add(entry("a", 2))).isFalse();
        assertThat(builder.size()).isEqualTo(1);
        assertThat(builder.build().entries()).containsExactly(entry("a", 1));
    }

    @Test
    void knowsWhichPathsItHasThoughTheyComeOutOfOrderLater() throws Exception {
        FileListing.Builder builder = FileListing.builder();
        for (String name : new String[] {"a", "b", "d", "c"}) {
            assertThat(builder.add(entry(name, 1))).isTrue();
        }
        for (String name : new String[] {"a", "b", "c", "d"}) {
            assertThat(builder.add(entry(name, 2))).isFalse();
        }

        assertThat(builder.build().entries())
                .containsExactly(entry("a", 1), entry("b", 1), entry("c", 1), entry("d", 1));
    }

    @Test
    void keepsThoseThatAreToBeKept() throws Exception {
        FileListing.Builder builder = FileListing.builder();
        builder.add(entry("a", 1));
        builder.add(entry("b", 2));
        FileListing listing = builder.build();

        assertThat(listing.filter(file -> file.mtimeMillis() == 2).entries()).containsExactly(entry("b", 2));
        assertThat(listing.filter(file -> true)).isSameAs(listing);
    }

    @Test
    void staysAsItWasBuilt() throws Exception {
        FileListing.Builder builder = FileListing.builder();
        builder.add(entry("a", 1));
        FileListing listing = builder.build();
        builder.add(entry("b", 1));
        FileEntry other = entry("c", 1);

        assertThat(listing.size()).isEqualTo(1);
        assertThatExceptionOfType(UnsupportedOperationException.class)
                .isThrownBy(() -> listing.entries().add(other));
    }

    @Test
    void cutsTimesDownToWholeSeconds() throws Exception {
        assertThat(entry("a", 1999).mtimeSeconds()).isEqualTo(1);
        assertThat(entry("a", 0).mtimeSeconds()).isZero();
        assertThat(entry("a", -1).mtimeSeconds()).isEqualTo(-1);
        assertThat(entry("a", -1000).mtimeSeconds()).isEqualTo(-1);
        assertThat(entry("a", -1001).mtimeSeconds()).isEqualTo(-2);
    }

    @Test
    void refusesANegativeSize() throws Exception {
        RelativePath path = RelativePath.of("a");

        assertThat(new FileEntry(path, 0, FileEntry.UNKNOWN_SIZE).size()).isEqualTo(-1);
        assertThatIllegalArgumentException().isThrownBy(() -> new FileEntry(path, 0, -2));
    }

    @Test
    void makesReportsSafeToLog() {
        SkippedFile skipped = new SkippedFile("a\u001b", SkipReason.OTHER, "b\r\nc");

        assertThat(skipped.name()).isEqualTo("a\\u001b");
        assertThat(skipped.detail()).isEqualTo("b\\u000d\\u000ac");
    }

    private static FileEntry entry(String path, long mtimeMillis) throws Exception {
        return new FileEntry(RelativePath.of(path), mtimeMillis, 1);
    }
}
