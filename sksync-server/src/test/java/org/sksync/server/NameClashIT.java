package org.sksync.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;

/** Names that get in each other's way, and names that some other program would take for its own. */
@ExtendWith(NoLeaks.class)
final class NameClashIT {
    private static final TreeFile FILE = TreeFile.text("from the client", 1_400_000_000);

    @TempDir
    private Path temp;

    private Path root;
    private SkSyncServer server;

    @BeforeEach
    void start() throws Exception {
        root = temp.toRealPath();
        server = TestServer.of(root).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void theFirstStaysWhereAFileAndADirectoryHaveOneName(ProtocolLevel level) throws Exception {
        upload(level, Map.of("a", FILE, "a/b", FILE, "z", FILE));

        assertThat(TreeFixture.read(root)).isEqualTo(Map.of("a", FILE, "z", FILE));
        assertThat(root.resolve(".sksync")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void aFileThatIsNamedAsPysksyncNamesItsOwnStays(ProtocolLevel level) throws Exception {
        TreeFile own = TreeFile.text("the user's own", 1_300_000_000);
        TreeFixture.write(root, Map.of("f", own, "f_skb", own));

        upload(level, Map.of("f", FILE, "f_skb", own));

        assertThat(TreeFixture.read(root)).isEqualTo(Map.of("f", FILE, "f_skb", own));
    }

    /** In a table that keeps equal hashes in a list this listing takes longer than a peer waits. */
    @Test
    void namesOfOneHashAreListedAsOthersAre() {
        List<String> names = List.of("");
        for (int doubled = 0; doubled < 16; doubled++) {
            List<String> longer = new ArrayList<>();
            for (String name : names) {
                longer.add(name + "Aa");
                longer.add(name + "BB");
            }
            names = longer;
        }
        assertThat(names)
                .hasSize(65_536)
                .extracting(String::hashCode)
                .containsOnly("Aa".repeat(16).hashCode());

        try (WireClient client = WireClient.begin(server, ProtocolLevel.PYSKSYNC_2, "2", root)) {
            StringBuilder listing = new StringBuilder();
            names.forEach(name -> listing.append("1400000000000 ").append(name).append('\n'));
            client.peer().send(listing.append('\n').toString().getBytes(US_ASCII));

            client.peer().expect("\n\n").expectEndOfStream();
        }
    }

    private void upload(ProtocolLevel level, Map<String, TreeFile> tree) {
        SortedMap<String, TreeFile> sorted = new TreeMap<>(tree);
        try (WireClient client = WireClient.begin(server, level, "1", root)) {
            client.list(sorted).answerFrom(sorted);
            assertThat(client.takeOffers()).isEmpty();
            client.peer().expectEndOfStream();
        }
    }
}
