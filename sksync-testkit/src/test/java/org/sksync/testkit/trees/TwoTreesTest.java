package org.sksync.testkit.trees;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.testkit.Side;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;

class TwoTreesTest {
    private final TwoTrees trees = TwoTrees.tiny(1);

    @TempDir
    private Path client;

    @TempDir
    private Path server;

    @BeforeEach
    void write() throws IOException {
        trees.write(client, server);
    }

    private static String first(SortedMap<String, TreeFile> tree, String prefix) {
        return tree.keySet().stream()
                .filter(name -> name.startsWith(prefix))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void nothingIsTornBeforeTheSyncNorHalfWay() throws IOException {
        assertThat(trees.torn(Side.CLIENT, client)).isEmpty();
        assertThat(trees.torn(Side.SERVER, server)).isEmpty();

        SortedMap<String, TreeFile> onServer = TreeFixture.read(server);
        String name = first(onServer, "newer on server");
        TreeFixture.write(client, onServer.subMap(name, name + '\0'));

        assertThat(trees.torn(Side.CLIENT, client)).isEmpty();
    }

    @Test
    void seesAFileThatIsCutShortOneThatIsGoneAndOneThatNobodyHad() throws IOException {
        SortedMap<String, TreeFile> onClient = TreeFixture.read(client);
        String cut = first(onClient, "newer on client");
        Files.write(client.resolve(cut), new byte[1]);
        Files.delete(client.resolve("same"));
        Files.createFile(client.resolve("strange"));

        assertThat(trees.torn(Side.CLIENT, client))
                .satisfiesExactly(
                        line -> assertThat(line).startsWith(cut),
                        line -> assertThat(line).isEqualTo("same: lost"),
                        line -> assertThat(line).startsWith("strange: "));
    }

    @Test
    void hasConvergedOnceBothHoldTheNewerOfEach() throws IOException {
        assertThatThrownBy(() -> trees.assertConverged(client)).isInstanceOf(AssertionError.class);

        SortedMap<String, TreeFile> onClient = TreeFixture.read(client);
        SortedMap<String, TreeFile> onServer = TreeFixture.read(server);
        onServer.forEach((name, file) -> {
            if (!onClient.containsKey(name) || onClient.get(name).mtimeSeconds() < file.mtimeSeconds()) {
                copy(name, file);
            }
        });

        trees.assertConverged(client);
    }

    private void copy(String name, TreeFile file) {
        try {
            TreeFixture.write(client, Map.of(name, file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void leftoversAreOursButForKeptCopies() throws IOException {
        Files.createDirectories(client.resolve(".sksync/replaced/then"));
        Files.createFile(client.resolve(".sksync/replaced/then/file"));
        assertThat(TwoTrees.leftovers(client)).isEmpty();

        Files.createFile(client.resolve(".sksync/1.part"));
        assertThat(TwoTrees.leftovers(client)).containsExactly(".sksync/1.part");
    }
}
