package org.sksync.cli.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a watch of a real directory tells. */
class TreeWatchTest {

    @TempDir
    Path home;

    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean ended = new AtomicBoolean();
    private Path root;
    private TreeWatch watch;

    private final FolderWatch.Listener listener = new FolderWatch.Listener() {
        @Override
        public void changed(Path file) {
            changed.add(root.relativize(file).toString());
        }

        @Override
        public void changedSomewhere() {
            changed.add("?");
        }

        @Override
        public void ended(Optional<String> why) {
            ended.set(true);
        }
    };

    @BeforeEach
    void makeTheDirectory() throws IOException {
        root = Files.createDirectory(home.toRealPath().resolve("notes"));
    }

    @AfterEach
    void closeTheWatch() {
        if (watch != null) {
            watch.close();
        }
    }

    private void open(boolean recursive) throws IOException {
        watch = TreeWatch.open(root, recursive, part -> part.equals(".sksync") || part.endsWith(".tmp"), listener);
    }

    /** Whatever was told before is there once this is. */
    private void awaitEverything() throws IOException {
        Files.writeString(root.resolve("last"), "");
        await().until(() -> changed.contains("last"));
    }

    @Test
    void tellsOfFilesThatAreMadeAndChanged() throws Exception {
        Path old = Files.writeString(root.resolve("old.txt"), "old");
        open(true);

        Files.writeString(old, "new");
        Files.writeString(root.resolve("made.txt"), "made");

        await().until(() -> changed.containsAll(Set.of("old.txt", "made.txt")));
    }

    @Test
    void tellsOfFilesThatAreMovedHere() throws Exception {
        Path elsewhere = Files.writeString(home.resolve("moved.txt"), "moved");
        open(true);

        Files.move(elsewhere, root.resolve("moved.txt"));

        await().until(() -> changed.contains("moved.txt"));
    }

    @Test
    void tellsOfFilesInDirectoriesBelow() throws Exception {
        Path below = Files.createDirectories(root.resolve("a/b"));
        open(true);

        Files.writeString(below.resolve("c.txt"), "");

        await().until(() -> changed.contains("a/b/c.txt"));
    }

    @Test
    void tellsOfFilesInADirectoryThatIsMovedHereAndOfLaterOnes() throws Exception {
        Path elsewhere = Files.createDirectories(home.resolve("whole/inner"));
        Files.writeString(elsewhere.resolve("one.txt"), "");
        open(true);

        Files.move(home.resolve("whole"), root.resolve("whole"));
        await().until(() -> changed.contains("whole/inner/one.txt"));
        Files.writeString(root.resolve("whole/inner/two.txt"), "");

        await().until(() -> changed.contains("whole/inner/two.txt"));
    }

    @Test
    void tellsNothingOfWhatTakesNoPart() throws Exception {
        Files.createDirectory(root.resolve("x.tmp"));
        open(true);

        Files.createDirectories(root.resolve(".sksync/staging"));
        Files.writeString(root.resolve(".sksync/staging/1"), "");
        Files.writeString(root.resolve("x.tmp/file"), "");
        Files.writeString(root.resolve("y.tmp"), "");
        awaitEverything();

        assertThat(changed).containsExactly("last");
    }

    @Test
    void tellsNothingOfWhatIsRemoved() throws Exception {
        Path file = Files.writeString(root.resolve("old.txt"), "");
        open(true);

        Files.delete(file);
        awaitEverything();

        assertThat(changed).containsExactly("last");
    }

    @Test
    void tellsNothingOfDirectoriesBelowUnlessTheyAreAskedFor() throws Exception {
        Path below = Files.createDirectory(root.resolve("below"));
        open(false);

        Files.writeString(below.resolve("file"), "");
        Files.createDirectory(root.resolve("another"));
        Files.writeString(root.resolve("another/file"), "");
        awaitEverything();

        assertThat(changed).containsExactly("last");
    }

    @Test
    void endsWithItsDirectory() throws Exception {
        open(true);
        assertThat(watch.watches(root)).isTrue();

        Files.delete(root);

        await().untilTrue(ended);
        assertThat(watch.watches(root)).isFalse();
    }

    @Test
    void isNoWatchOfAnotherDirectoryOfItsName() throws Exception {
        open(true);

        Files.move(root, home.resolve("renamed"));
        Files.createDirectory(root);

        assertThat(watch.watches(root)).isFalse();
    }

    @Test
    void endsWithoutAWordWhenItIsClosed() throws Exception {
        open(true);

        watch.close();
        Files.writeString(root.resolve("later.txt"), "");

        assertThat(watch.watches(root)).isFalse();
        assertThat(ended).isFalse();
        assertThat(changed).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void failsWithoutADirectory(boolean recursive) {
        root = root.resolve("missing");

        assertThatExceptionOfType(IOException.class).isThrownBy(() -> open(recursive));
    }

    @Test
    void knowsWhatAFileIsToldFromAnotherOneBy() throws Exception {
        Path file = Files.writeString(root.resolve("a.txt"), "hello");
        OwnWrites own = new OwnWrites();
        own.coming("a.txt", TreeWatch.state(file).orElseThrow());

        assertThat(own.left("a.txt", TreeWatch.state(file).orElseThrow())).isTrue();
        Files.writeString(file, "hello!");
        assertThat(own.left("a.txt", TreeWatch.state(file).orElseThrow())).isFalse();
        assertThat(TreeWatch.state(root)).isEmpty();
        assertThat(TreeWatch.state(root.resolve("missing"))).isEmpty();
        own.began();
        assertThat(own.left("a.txt", new OwnWrites.State(5, 0))).isFalse();
    }
}
