package org.sksync.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sksync.files.access.AccessRight;
import org.sksync.files.access.DirectoryRights;
import org.sksync.files.path.OutsidePolicy;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.srp.UserName;
import org.sksync.server.config.AccessPolicy;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;

/** Who may fetch files from where, and who may store them. */
@ExtendWith(NoLeaks.class)
final class AccessIT {
    private static final Map<String, TreeFile> UPLOAD = Map.of("new", TreeFile.text("from the client", 1_400_000_000));

    @TempDir
    private Path temp;

    private Path top;
    private final List<SkSyncServer> running = new ArrayList<>();

    @BeforeEach
    void makeTrees() throws IOException {
        top = temp.toRealPath();
        TreeFile file = TreeFile.text("from the server", 1_300_000_000);
        TreeFixture.write(top, Map.of("books/f", file, "books/novels/f", file, "notes/f", file));
    }

    @AfterEach
    void stop() {
        running.forEach(SkSyncServer::close);
    }

    private static AccessPolicy everyone(DirectoryRights rights) {
        return new AccessPolicy(rights, Map.of(), Map.of());
    }

    private DirectoryRights rights(String directory, AccessRight right, AccessRight elsewhere) {
        return DirectoryRights.of(Map.of(top.resolve(directory).toString(), right), elsewhere);
    }

    private SkSyncServer start(TestServer described) throws IOException {
        SkSyncServer server = described.start();
        running.add(server);
        return server;
    }

    @ParameterizedTest
    @CsvSource({
        "READ, 0, false", "READ, 1, false", "READ, 2, true", "READ, 3, false", "READ, 4, false", "READ, 5, true",
        "WRITE, 0, false", "WRITE, 1, true", "WRITE, 2, false", "WRITE, 3, false", "WRITE, 4, true", "WRITE, 5, false",
        "NONE, 1, false", "NONE, 2, false", "READ_WRITE, 0, true", "READ_WRITE, 1, true", "READ_WRITE, 2, true"
    })
    void closesBeforeTheListingWhatTheDirectoryDoesNotAllow(AccessRight right, String type, boolean served)
            throws Exception {
        SkSyncServer server =
                start(TestServer.of(top.resolve("books")).access(everyone(rights("books", right, AccessRight.NONE))));

        for (String directory : List.of("books", "books/novels")) {
            try (WireClient client = WireClient.connect(server, ProtocolLevel.PYSKSYNC_2)
                    .greet()
                    .sendRequest(type, "0", top.resolve(directory).toString())) {
                if (served) {
                    client.peer().expectLine("md5");
                } else {
                    client.peer().expectEndOfStream();
                }
            }
        }
    }

    @Test
    void storesNothingThroughATreeWithAPartThatIsReadOnly() throws Exception {
        DirectoryRights partly = rights("books/novels", AccessRight.READ, AccessRight.READ_WRITE);
        SkSyncServer server = start(TestServer.of(top).access(everyone(partly)));

        try (WireClient client =
                WireClient.connect(server, ProtocolLevel.PYSKSYNC_2).greet().sendRequest("1", "0", top.toString())) {
            client.peer().expectEndOfStream();
        }
        try (WireClient client = WireClient.connect(server, ProtocolLevel.PYSKSYNC_2)) {
            client.greet().request("1", "1", top.resolve("books").toString()).list(UPLOAD);
            assertThat(client.answerFrom(UPLOAD)).containsExactly("new");
            assertThat(client.takeOffers()).isEmpty();
        }
        assertThat(top.resolve("books/new")).hasContent("from the client");
    }

    @Test
    void silentPolicyReplacesADirectoryByOneThatTheUserMayNotUseAndIsRefused() throws Exception {
        SkSyncServer server = start(TestServer.of(top.resolve("books"))
                .outside(OutsidePolicy.SILENT)
                .access(everyone(rights("books", AccessRight.READ, AccessRight.READ_WRITE))));

        try (WireClient client = WireClient.connect(server, ProtocolLevel.PYSKSYNC_2)
                .greet()
                .sendRequest("1", "0", top.resolve("notes").toString())) {
            client.peer().expectEndOfStream();
        }
        assertThat(Files.exists(top.resolve("books/new"))).isFalse();
    }

    @Test
    void givesAUserItsOwnDirectoriesAlone() throws Exception {
        DirectoryRights own = rights("notes", AccessRight.READ_WRITE, AccessRight.NONE);
        SkSyncServer server = start(TestServer.of(top.resolve("books"), top.resolve("notes"))
                .requireLogin()
                .access(new AccessPolicy(
                        DirectoryRights.of(Map.of(), AccessRight.READ_WRITE),
                        Map.of(UserName.of(TestServer.USER), own),
                        Map.of())));

        try (WireClient client = WireClient.connect(server, ProtocolLevel.PYSKSYNC_2)
                .login(TestServer.USER, TestServer.PASSWORD)
                .greet()) {
            client.request("2", "0", top.resolve("notes").toString());
        }
        try (WireClient client = WireClient.connect(server, ProtocolLevel.PYSKSYNC_2)
                .login(TestServer.USER, TestServer.PASSWORD)
                .greet()) {
            client.sendRequest("2", "0", top.resolve("books").toString());
            client.peer().expectEndOfStream();
        }
    }
}
