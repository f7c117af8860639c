package org.sksync.files.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sksync.files.scan.ScanDepth;

class DirectoryRightsTest {

    @TempDir
    private Path temp;

    private Path top;

    @BeforeEach
    void makeDirectories() throws IOException {
        top = temp.toRealPath();
        Files.createDirectories(top.resolve("books/novels"));
        Files.createDirectories(top.resolve("books2"));
        Files.createSymbolicLink(top.resolve("link"), top.resolve("books"));
    }

    private AccessRight right(Map<String, AccessRight> entries, String directory, ScanDepth depth) {
        Map<String, AccessRight> absolute = new LinkedHashMap<>();
        entries.forEach((name, right) -> absolute.put(top.resolve(name).toString(), right));
        return DirectoryRights.of(absolute, AccessRight.READ_WRITE).in(top.resolve(directory), depth);
    }

    @ParameterizedTest
    @CsvSource({
        "NONE, NONE, NONE",
        "NONE, READ_WRITE, NONE",
        "READ, WRITE, NONE",
        "READ, READ_WRITE, READ",
        "READ_WRITE, WRITE, WRITE",
        "READ_WRITE, READ_WRITE, READ_WRITE"
    })
    void allowTogetherWhatEachAllows(AccessRight one, AccessRight other, AccessRight both) {
        assertThat(one.and(other)).isEqualTo(both);
        assertThat(other.and(one)).isEqualTo(both);
    }

    @ParameterizedTest
    @CsvSource({"books, READ", "books/novels, READ", "books2, READ_WRITE", "., READ_WRITE"})
    void holdForADirectoryAndWhatLiesBeneath(String directory, AccessRight expected) {
        assertThat(right(Map.of("books", AccessRight.READ), directory, ScanDepth.TOP_LEVEL))
                .isEqualTo(expected);
    }

    @Test
    void areThoseOfTheNearestDirectory() {
        Map<String, AccessRight> entries = Map.of("books", AccessRight.READ, "books/novels", AccessRight.READ_WRITE);

        assertThat(right(entries, "books/novels", ScanDepth.TREE)).isEqualTo(AccessRight.READ_WRITE);
        assertThat(right(entries, "books", ScanDepth.TREE)).isEqualTo(AccessRight.READ);
    }

    @Test
    void ofATreeAreNoMoreThanThoseOfEachPart() {
        Map<String, AccessRight> entries = Map.of("books/novels", AccessRight.NONE);

        assertThat(right(entries, "books", ScanDepth.TREE)).isEqualTo(AccessRight.NONE);
        assertThat(right(entries, "books", ScanDepth.TOP_LEVEL)).isEqualTo(AccessRight.READ_WRITE);
    }

    @Test
    void holdForADirectoryThatIsStillToBeMade() {
        assertThat(right(Map.of("books/new/private", AccessRight.NONE), "books", ScanDepth.TREE))
                .isEqualTo(AccessRight.NONE);
    }

    @Test
    void holdForWhatALinkLeadsTo() {
        assertThat(right(Map.of("link", AccessRight.READ), "books", ScanDepth.TREE))
                .isEqualTo(AccessRight.READ);
    }

    @Test
    void tellWhichDirectoriesDoNotExist() {
        Path missing = top.resolve("boks");
        DirectoryRights rights = DirectoryRights.of(
                Map.of(
                        missing.toString(),
                        AccessRight.NONE,
                        top.resolve("books").toString(),
                        AccessRight.READ),
                AccessRight.READ_WRITE);

        assertThat(rights.missing()).containsExactly(missing);
    }

    @Test
    void ofADirectoryWrittenInTwoWaysAreTheFewer() {
        Map<String, AccessRight> entries = new LinkedHashMap<>();
        entries.put("books", AccessRight.READ);
        entries.put("link", AccessRight.READ_WRITE);

        assertThat(right(entries, "books/novels", ScanDepth.TREE)).isEqualTo(AccessRight.READ);
    }
}
