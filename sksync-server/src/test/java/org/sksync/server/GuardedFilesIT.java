package org.sksync.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.server.status.LastSync;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;

/** A daemon whose offered directory holds files of its own: no client gets them, and none replaces them. */
@ExtendWith(NoLeaks.class)
final class GuardedFilesIT {
    private static final String BIDIRECTIONAL = "0";
    private static final TreeFile SECRET = TreeFile.text("{\"users\": {}}", 1_300_000_000);
    private static final TreeFile FORGED = TreeFile.text("{\"users\": {\"me\": {}}}", 1_400_000_000);
    private static final TreeFile OTHER = TreeFile.text("other", 1_300_000_000);

    @TempDir
    private Path temp;

    private Path root;
    private SkSyncServer server;

    @BeforeEach
    void makeTree() throws IOException {
        root = Files.createDirectory(temp.toRealPath().resolve("root"));
        TreeFixture.write(root, Map.of("conf/sksync.json", SECRET, "other", OTHER));
        server = TestServer.of(root)
                .guard(root.resolve("conf/sksync.json"), root.resolve("conf/known_servers"))
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int skippedByTheLast() {
        await().until(() -> !server.status().lastSyncs().isEmpty());
        LastSync last = server.status().lastSyncs().get(0);
        return last.summary().skipped();
    }

    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void areNotGiven(ProtocolLevel level) throws Exception {
        try (WireClient client = WireClient.begin(server, level, BIDIRECTIONAL, root)) {
            client.list(Map.of());

            assertThat(client.answerFrom(Map.of())).isEmpty();
            assertThat(client.takeOffers()).containsOnlyKeys("other");
        }
    }

    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void areNotAskedFor(ProtocolLevel level) throws Exception {
        Map<String, TreeFile> own = Map.of(
                "conf/sksync.json", FORGED, "conf/SKSYNC.json", FORGED, "conf/known_servers", FORGED, "new", FORGED);
        try (WireClient client = WireClient.begin(server, level, BIDIRECTIONAL, root)) {
            client.list(own);

            assertThat(client.answerFrom(own)).containsExactly("new");
            assertThat(client.takeOffers()).containsOnlyKeys("other");
            client.peer().expectEndOfStream();
        }
        assertThat(root.resolve("conf/sksync.json")).hasBinaryContent(SECRET.content());
        assertThat(root.resolve("conf/known_servers")).doesNotExist();
        assertThat(root.resolve("new")).hasBinaryContent(FORGED.content());
        // Its own one, which the client has too, counts once.
        assertThat(skippedByTheLast()).isEqualTo(3);
    }

    @Test
    void areNotGivenWhereTheirOwnDirectoryIsAskedFor() throws Exception {
        Map<String, TreeFile> own = Map.of("sksync.json", FORGED);
        try (WireClient client =
                WireClient.begin(server, ProtocolLevel.PYSKSYNC_2, BIDIRECTIONAL, root.resolve("conf"))) {
            client.list(own);

            assertThat(client.answerFrom(own)).isEmpty();
            assertThat(client.takeOffers()).isEmpty();
        }
        assertThat(root.resolve("conf/sksync.json")).hasBinaryContent(SECRET.content());
    }
}
