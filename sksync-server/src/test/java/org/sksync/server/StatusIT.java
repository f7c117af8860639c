package org.sksync.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.server.config.DaemonLimits;
import org.sksync.server.status.StatusSnapshot;
import org.sksync.server.transfer.SessionSummary;
import org.sksync.testkit.Fault;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;

/** What a daemon tells of itself. */
@ExtendWith(NoLeaks.class)
final class StatusIT {
    private static final TreeFile FILE = TreeFile.text("twelve bytes", 1_400_000_000);

    private Path root;
    private SkSyncServer server;

    @BeforeEach
    void start(@TempDir Path directory) throws Exception {
        root = directory.toRealPath();
        TreeFixture.write(root, Map.of("f", FILE));
        server = TestServer.of(root)
                .requireLogin()
                .daemon(new DaemonLimits(10, 10, 10, 1024 * 1024, 1))
                .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void showsASessionUnderWayAndThenHowItEnded() throws Exception {
        try (WireClient client = WireClient.connect(server, ProtocolLevel.PYSKSYNC_2);
                WireClient silent = WireClient.connect(server, ProtocolLevel.PYSKSYNC_2)) {
            client.login(TestServer.USER, TestServer.PASSWORD)
                    .greet()
                    .request("0", "0", root.toString())
                    .list(Map.of("g", FILE, "h", FILE));
            String first = client.readName();
            client.peer().send(client.reply(FILE.content()));
            String second = client.readName();
            assertThat(first).isNotEqualTo(second);

            await().untilAsserted(() -> assertThat(server.status().sessions())
                    .singleElement()
                    .satisfies(session -> {
                        assertThat(session.peer()).startsWith("127.0.0.1:");
                        assertThat(session.user()).isEqualTo(TestServer.USER);
                        assertThat(session.serverPath()).isEqualTo(root.toString());
                        assertThat(session.type()).isEqualTo("bidirectional_use_time/recursive");
                        assertThat(session.outcome()).isEqualTo("uploading");
                        assertThat(session.received()).isEqualTo(new SessionSummary.TransferCount(1, 12));
                        assertThat(session.duration()).isPositive();
                    }));
            StatusSnapshot running = server.status();
            assertThat(running.address()).isEqualTo(server.address());
            assertThat(running.sessionCount()).isEqualTo(1);
            assertThat(running.unadmitted()).isEqualTo(1);
            assertThat(running.lastSyncs()).isEmpty();
            silent.peer().send("", Fault.CLOSE);

            client.peer().send(client.reply(FILE.content())).expectLine("");
            client.takeOffers();
        }

        await().untilAsserted(() -> assertThat(server.status().lastSyncs())
                .singleElement()
                .satisfies(last -> {
                    assertThat(last.summary().outcome()).isEqualTo("done");
                    assertThat(last.summary().received().files()).isEqualTo(2);
                    assertThat(last.summary().sent().bytes()).isEqualTo(12);
                }));
        await().untilAsserted(() -> {
            assertThat(server.status().sessions()).isEmpty();
            assertThat(server.status().unadmitted()).isZero();
        });
    }

    @Test
    void countsLoginsThatAreRefusedAndThoseThatWait() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (WireClient client = WireClient.connect(server, ProtocolLevel.PYSKSYNC_2)) {
                client.challenged("nobody", "wrong");
                client.peer().expectLine("").expectEndOfStream();
            }
        }

        assertThat(server.status().limits().refusedLogins()).isEqualTo(2);
        assertThat(server.status().limits().delayedLogins()).isEqualTo(1);
    }
}
