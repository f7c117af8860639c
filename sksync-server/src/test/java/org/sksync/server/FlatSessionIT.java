package org.sksync.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;

/** A session over one directory without those in it. */
@ExtendWith(NoLeaks.class)
final class FlatSessionIT {
    private static final TreeFile FILE = TreeFile.text("content", 1_400_000_000);

    @TempDir
    private Path temp;

    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void neitherGivesNorTakesWhatIsExcludedOrLiesDeeper(ProtocolLevel level) throws Exception {
        Path root = temp.toRealPath();
        TreeFixture.write(root, Map.of("own", FILE, "own.bak", FILE, "sub/own", FILE));
        SortedMap<String, TreeFile> listed = new TreeMap<>(Map.of("theirs", FILE, "theirs.bak", FILE));

        try (SkSyncServer server = TestServer.of(root).exclude("*.bak").start();
                WireClient client = WireClient.connect(server, level).greet().request("0", "1", root.toString())) {
            assertThat(client.list(listed).answerFrom(listed)).containsExactly("theirs");
            assertThat(client.takeOffers()).isEqualTo(Map.of("own", FILE));
        }

        assertThat(TreeFixture.read(root)).containsOnlyKeys("own", "own.bak", "sub/own", "theirs");
    }
}
