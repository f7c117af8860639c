package org.sksync.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;

/** What {@link UploadIT} refuses on one level, on all of them. */
@ExtendWith(NoLeaks.class)
final class HostileClientIT {
    private static final Map<String, TreeFile> TREE = Map.of("f", TreeFile.text("old", 1_300_000_000));

    @TempDir
    private Path temp;

    private Path root;
    private SkSyncServer server;

    @BeforeEach
    void start() throws Exception {
        root = Files.createDirectory(temp.toRealPath().resolve("root"));
        TreeFixture.write(root, TREE);
        server = TestServer.of(root).start();
    }

    @AfterEach
    void nothingHasChanged() throws Exception {
        server.close();
        assertThat(TreeFixture.read(temp)).containsOnlyKeys("root/f");
        assertThat(TreeFixture.read(root)).isEqualTo(TREE);
        assertThat(root.resolve(".sksync")).doesNotExist();
    }

    /** In windows-1252 nearly every byte is a letter. */
    static Stream<Arguments> listingsThatAreNone() {
        return UploadIT.listingsThatAreNone().flatMap(lines -> Stream.of(ProtocolLevel.values())
                .filter(level ->
                        level != ProtocolLevel.SKSYNC_1 || lines.chars().allMatch(c -> c < 0x80))
                .map(level -> Arguments.of(level, lines)));
    }

    @ParameterizedTest
    @MethodSource("listingsThatAreNone")
    void isClosedOnAListingThatIsNone(ProtocolLevel level, String lines) {
        try (WireClient client = WireClient.begin(server, level, "0", root)) {
            client.peer().send("1400000000000 good\n" + lines).expectEndOfStream();
        }
    }

    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void isClosedOnALengthThatIsNone(ProtocolLevel level) {
        for (String length : new String[] {"-1", "+3", "0x3", "", "9223372036854775808", "3\r"}) {
            try (WireClient client = WireClient.begin(server, level, "1", root)) {
                client.peer().send("1400000000000 f\n\n").expectLine("f");
                client.peer().send(length + "\n").expectEndOfStream();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void isClosedOnTheSameNameTwiceWhateverItsTime(ProtocolLevel level) {
        for (String second : new String[] {"1400000000000 g\n", "0 g\n", "-1000 g\n"}) {
            try (WireClient client = WireClient.begin(server, level, "0", root)) {
                client.peer().send("1400000000000 g\n" + second).expectEndOfStream();
            }
        }
    }
}
