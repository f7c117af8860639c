package org.sksync.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeFixtureTest {
    @TempDir
    private Path directory;

    @Test
    void readsWhatItWrote() throws IOException {
        Map<String, TreeFile> tree = Map.of(
                "a", TreeFile.text("alpha\n", 1_345_316_082),
                "sub/deep/\u9152 \u20ac", TreeFile.of(new byte[] {0, -1, 10}, 0),
                "sub/empty", TreeFile.text("", 1));

        TreeFixture.write(directory, tree);

        assertThat(TreeFixture.read(directory)).isEqualTo(tree);
        assertThat(TreeFixture.others(directory)).containsExactly("sub", "sub/deep");
    }

    @Test
    void cutsTimesToWholeSeconds() throws IOException {
        Path file = Files.writeString(directory.resolve("f"), "x");
        Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(5, 999_999_999)));

        assertThat(TreeFixture.read(directory)).isEqualTo(Map.of("f", TreeFile.text("x", 5)));
    }

    @Test
    void tellsTreesApartByNameContentAndTime() throws IOException {
        TreeFixture.write(directory, Map.of("f", TreeFile.text("x", 5)));

        assertThat(TreeFixture.read(directory))
                .isNotEqualTo(Map.of("g", TreeFile.text("x", 5)))
                .isNotEqualTo(Map.of("f", TreeFile.text("y", 5)))
                .isNotEqualTo(Map.of("f", TreeFile.text("x", 6)));
    }

    @Test
    void linkIsAmongTheOthersAndNotFollowed() throws IOException {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "s");
        Path tree = Files.createDirectory(directory.resolve("tree"));
        Files.createSymbolicLink(tree.resolve("to-directory"), outside);
        Files.createSymbolicLink(tree.resolve("to-file"), outside.resolve("secret"));

        assertThat(TreeFixture.read(tree)).isEmpty();
        assertThat(TreeFixture.others(tree)).containsExactly("to-directory", "to-file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/a", "a/", "a//b", "../a", "a/./b"})
    void refusesNameThatLeadsElsewhere(String name) {
        assertThatThrownBy(() -> TreeFixture.write(directory, Map.of(name, TreeFile.text("", 0))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("name: \"" + name + "\"");
        assertThat(directory).isEmptyDirectory();
    }
}
