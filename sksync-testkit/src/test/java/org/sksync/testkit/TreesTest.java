package org.sksync.testkit;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TreesTest {
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    @TempDir
    private Path directory;

    @Test
    void sameSeedGivesSameTreeAndAnotherSeedAnother() {
        assertThat(Trees.random(7, 50)).isEqualTo(Trees.random(7, 50)).hasSize(50);
        assertThat(Trees.random(8, 50)).isNotEqualTo(Trees.random(7, 50));
    }

    @Test
    void namesAreWhatTheCharsetCarries() {
        assertThat(Trees.random(1, 300, WINDOWS_1252).keySet())
                .allMatch(name -> WINDOWS_1252.newEncoder().canEncode(name))
                .anyMatch(name -> name.contains("\u20ac"));
        assertThat(Trees.random(1, 300, UTF_8).keySet())
                .anyMatch(name -> !WINDOWS_1252.newEncoder().canEncode(name))
                .anyMatch(name -> name.codePoints().anyMatch(c -> c > 0xffff));
        assertThat(Trees.random(1, 300, US_ASCII).keySet())
                .allMatch(name -> name.chars().allMatch(c -> c < 0x80));
    }

    @Test
    void namesDifferWithoutRegardToCase() {
        SortedMap<String, TreeFile> tree = Trees.random(3, 500);

        assertThat(tree.keySet().stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()))
                .hasSize(500);
        assertThat(tree.keySet())
                .anyMatch(name -> name.chars().filter(c -> c == '/').count() > 2);
    }

    @Test
    void comesBackFromTheDiskEqual() throws IOException {
        SortedMap<String, TreeFile> tree = Trees.random(11, 200);

        TreeFixture.write(directory, tree);

        Trees.assertEqual(tree, TreeFixture.read(directory));
        Trees.assertEqual(directory, directory);
    }

    @Test
    void namesEachDifferenceBetweenMaps() {
        Map<String, TreeFile> expected =
                Map.of("gone", TreeFile.text("", 1), "same", TreeFile.text("s", 1), "time", TreeFile.text("t", 1));
        Map<String, TreeFile> actual =
                Map.of("new", TreeFile.text("", 1), "same", TreeFile.text("s", 1), "time", TreeFile.text("t", 2));

        List<String> differences = Trees.differences(expected, actual);

        assertThat(differences)
                .containsExactly(
                        "gone: missing",
                        "new: unexpected, 0 bytes at 1 \"\"",
                        "time: 1 bytes at 2 \"t\" (expected: 1 bytes at 1 \"t\")");
        assertThatThrownBy(() -> Trees.assertEqual(expected, actual))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("3 differences")
                .hasMessageContaining("gone: missing");
    }

    @Test
    void namesEachDifferenceBetweenDirectories() throws IOException {
        Path expected = directory.resolve("expected");
        Path actual = directory.resolve("actual");
        TreeFixture.write(
                expected,
                Map.of("d/gone", TreeFile.text("", 1), "same", TreeFile.text("s", 1), "t", TreeFile.text("abc", 1)));
        TreeFixture.write(
                actual,
                Map.of("new", TreeFile.text("", 1), "same", TreeFile.text("s", 1), "t", TreeFile.text("abx", 2)));
        Files.createSymbolicLink(actual.resolve("link"), expected);

        assertThat(Trees.differences(expected, actual))
                .containsExactly(
                        "d/gone: missing",
                        "new: unexpected",
                        "t: content from byte 2 on, 3 bytes (expected: 3)",
                        "t: mtime 2 s (expected: 1)");
        assertThatThrownBy(() -> Trees.assertEqual(expected, actual)).isInstanceOf(AssertionError.class);
    }
}
