package org.sksync.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.server.config.FutureTimes;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;

/** A client whose clock is two days ahead. */
@ExtendWith(NoLeaks.class)
final class FutureTimesIT {
    private static final TreeFile TIMELY = TreeFile.text("timely", 1_400_000_000);

    private final TreeFile ahead =
            TreeFile.text("ahead", Instant.now().plus(Duration.ofDays(2)).getEpochSecond());

    @TempDir
    private Path temp;

    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void isServedWithTheRestWhereSuchFilesAreRefused(ProtocolLevel level) throws Exception {
        assertThat(after(level, FutureTimes.REFUSED)).isEqualTo(Map.of("timely", TIMELY));
    }

    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void isTakenAtItsWordWhereTheyAreNot(ProtocolLevel level) throws Exception {
        assertThat(after(level, FutureTimes.ACCEPTED)).isEqualTo(Map.of("ahead", ahead, "timely", TIMELY));
    }

    private SortedMap<String, TreeFile> after(ProtocolLevel level, FutureTimes rule) throws Exception {
        Path root = temp.toRealPath();
        SortedMap<String, TreeFile> tree = new TreeMap<>(Map.of("ahead", ahead, "timely", TIMELY));
        try (SkSyncServer server = TestServer.of(root).futureTimes(rule).start();
                WireClient client = WireClient.begin(server, level, "1", root)) {
            client.list(tree).answerFrom(tree);
            assertThat(client.takeOffers()).isEmpty();
            client.peer().expectEndOfStream();
        }
        return TreeFixture.read(root);
    }
}
