package org.sksync.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sksync.client.report.SyncListener;
import org.sksync.client.report.SyncReport;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.server.SkSyncServer;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;

/** Client and server on one machine, with the same directory or with one inside the other's. */
@ExtendWith(NoLeaks.class)
final class TreeWithItselfIT {
    private static final Map<String, TreeFile> TREE = Map.of(
            "f", TreeFile.text("outer", 1_400_000_000),
            "sub/f", TreeFile.text("inner", 1_400_000_005),
            "sub/g", TreeFile.text("inner alone", 1_400_000_005));

    private final SkSyncClient client = new SkSyncClient();
    private Path root;
    private SkSyncServer server;

    @BeforeEach
    void makeTree(@TempDir Path temp) throws Exception {
        root = temp.toRealPath();
        TreeFixture.write(root, TREE);
        server = TestDaemon.open(root);
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
        assertThat(root.resolve(".sksync")).doesNotExist();
        assertThat(root.resolve("sub/.sksync")).doesNotExist();
    }

    private SyncReport sync(ProtocolLevel level, Path own, Path theirs) throws Exception {
        Profiles profile = Profiles.of(server.address().getPort(), own, theirs.toString());
        return client.sync(profile.level(level).profile(), SyncListener.NONE);
    }

    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void aTreeWithItselfIsInStep(ProtocolLevel level) throws Exception {
        SyncReport report = sync(level, root, root);

        assertThat(report.sentFiles() + report.receivedFiles()).isZero();
        assertThat(TreeFixture.read(root)).isEqualTo(TREE);
    }

    @Test
    void aTreeBelowTheServersGrowsAndLosesNothing() throws Exception {
        sync(ProtocolLevel.PYSKSYNC_2, root.resolve("sub"), root);

        assertGrown();
    }

    @Test
    void aTreeAboveTheServersGrowsAndLosesNothing() throws Exception {
        sync(ProtocolLevel.PYSKSYNC_2, root, root.resolve("sub"));

        assertGrown();
    }

    /** The newer file has replaced the older one above it; each file went to where the other side lacked it. */
    private void assertGrown() throws Exception {
        SortedMap<String, TreeFile> grown = TreeFixture.read(root);
        assertThat(grown)
                .containsEntry("f", TREE.get("sub/f"))
                .containsEntry("g", TREE.get("sub/g"))
                .containsEntry("sub/f", TREE.get("sub/f"))
                .containsEntry("sub/g", TREE.get("sub/g"))
                .containsEntry("sub/sub/f", TREE.get("sub/f"))
                .containsEntry("sub/sub/g", TREE.get("sub/g"))
                .hasSize(6);
    }
}
