package org.sksync.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;

final class ModeIT {
    @Test
    void replacesAFileThatNobodyMayRead(@TempDir Path temp) throws Exception {
        Path root = temp.toRealPath();
        TreeFixture.write(root, Map.of("f", TreeFile.text("old", 1_300_000_000)));
        Files.setPosixFilePermissions(root.resolve("f"), Set.of());
        Map<String, TreeFile> tree = Map.of("f", TreeFile.text("new", 1_400_000_000));
        try (SkSyncServer server = TestServer.of(root).start();
                WireClient client = WireClient.begin(server, ProtocolLevel.PYSKSYNC_2, "1", root)) {
            client.list(tree).answerFrom(tree);
            assertThat(client.takeOffers()).isEmpty();
            client.peer().expectEndOfStream();
        }
    }
}
