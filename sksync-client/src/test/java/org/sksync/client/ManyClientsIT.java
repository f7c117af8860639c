package org.sksync.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.client.report.SyncListener;
import org.sksync.client.report.SyncReport;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.server.SkSyncServer;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;
import org.sksync.testkit.Trees;

/** Many clients of one server at the same time. */
@ExtendWith(NoLeaks.class)
final class ManyClientsIT {
    private static final int CLIENTS = 24;
    private static final int FILES = 40;
    private static final int SHARERS = 8;

    @TempDir
    private Path temp;

    @Test
    void eachSyncsItsOwnFilesBothWays() throws Exception {
        Path base = temp.toRealPath();
        List<Path> clientRoots = new ArrayList<>();
        List<Path> serverRoots = new ArrayList<>();
        List<NavigableMap<String, TreeFile>> unions = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            clientRoots.add(base.resolve("client" + i));
            serverRoots.add(base.resolve("server" + i));
            NavigableMap<String, TreeFile> union = new TreeMap<>();
            union.putAll(below("c", Trees.random(2L * i, FILES / 2)));
            TreeFixture.write(clientRoots.get(i), union);
            NavigableMap<String, TreeFile> onServer = below("s", Trees.random(2L * i + 1, FILES / 2));
            TreeFixture.write(serverRoots.get(i), onServer);
            union.putAll(onServer);
            unions.add(union);
        }

        try (SkSyncServer server = TestDaemon.open(base)) {
            List<SyncReport> reports = syncAll(server, clientRoots, serverRoots);

            assertThat(reports).hasSize(CLIENTS).allSatisfy(report -> {
                assertThat(report.sentFiles()).isEqualTo(FILES / 2);
                assertThat(report.receivedFiles()).isEqualTo(FILES / 2);
                assertThat(report.skipped()).isEmpty();
            });
        }

        for (int i = 0; i < CLIENTS; i++) {
            Trees.assertEqual(unions.get(i), TreeFixture.read(clientRoots.get(i)));
            Trees.assertEqual(unions.get(i), TreeFixture.read(serverRoots.get(i)));
            assertThat(TreeFixture.others(serverRoots.get(i))).doesNotContain(".sksync");
        }
    }

    /** Whoever comes second with a path is skipped or brings nothing new; nothing is torn, nothing is lost. */
    @Test
    void thoseThatShareOneTreeEndUpEqual() throws Exception {
        Path base = temp.toRealPath();
        Path shared = Files.createDirectory(base.resolve("shared"));
        List<Path> clientRoots = new ArrayList<>();
        List<Path> serverRoots = new ArrayList<>();
        NavigableMap<String, TreeFile> union = new TreeMap<>();
        for (int i = 0; i < SHARERS; i++) {
            clientRoots.add(base.resolve("client" + i));
            serverRoots.add(shared);
            NavigableMap<String, TreeFile> own = below("own" + i, Trees.random(i, 10));
            own.putAll(below("same", Trees.random(99, 10)));
            TreeFixture.write(clientRoots.get(i), own);
            union.putAll(own);
        }

        try (SkSyncServer server = TestDaemon.open(shared)) {
            syncAll(server, clientRoots, serverRoots);
            assertThat(syncAll(server, clientRoots, serverRoots))
                    .allSatisfy(report -> assertThat(report.sentFiles()).isZero());
        }

        Trees.assertEqual(union, TreeFixture.read(shared));
        for (Path clientRoot : clientRoots) {
            Trees.assertEqual(union, TreeFixture.read(clientRoot));
        }
        assertThat(TreeFixture.others(shared)).doesNotContain(".sksync");
    }

    private static List<SyncReport> syncAll(SkSyncServer server, List<Path> clientRoots, List<Path> serverRoots)
            throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(clientRoots.size());
        try {
            List<Future<SyncReport>> running = new ArrayList<>();
            for (int i = 0; i < clientRoots.size(); i++) {
                ProtocolLevel level = i % 2 == 0 ? ProtocolLevel.PYSKSYNC_2 : ProtocolLevel.PYSKSYNC_1;
                Profiles profile = Profiles.of(
                                server.address().getPort(),
                                clientRoots.get(i),
                                serverRoots.get(i).toString())
                        .level(level);
                running.add(callers.submit(() -> {
                    try (SkSyncClient client = new SkSyncClient()) {
                        return client.sync(profile.profile(), SyncListener.NONE);
                    }
                }));
            }
            List<SyncReport> reports = new ArrayList<>();
            for (Future<SyncReport> each : running) {
                reports.add(each.get(60, TimeUnit.SECONDS));
            }
            return reports;
        } finally {
            callers.shutdownNow();
        }
    }

    private static NavigableMap<String, TreeFile> below(String directory, SortedMap<String, TreeFile> tree) {
        NavigableMap<String, TreeFile> moved = new TreeMap<>();
        tree.forEach((name, file) -> moved.put(directory + "/" + name, file));
        return moved;
    }
}
