package org.sksync.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.bouncycastle.crypto.agreement.srp.SRP6StandardGroups;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;

/** Who gets in, and what those who don't are told: an empty line, whatever the reason. */
@ExtendWith(NoLeaks.class)
final class LoginIT {
    private static final String START = "PYSKSYNC SRP START:";
    private static final String USER_HEX = "7465737475736572";
    private static final BigInteger N = SRP6StandardGroups.rfc5054_2048.getN();

    private Path root;
    private SkSyncServer demanding;
    private SkSyncServer open;

    @BeforeEach
    void start(@TempDir Path directory) throws IOException {
        root = directory.toRealPath();
        TreeFixture.write(root, Map.of("f", TreeFile.text("server", 1_345_316_082)));
        demanding = TestServer.of(root).requireLogin().start();
        open = TestServer.of(root).start();
    }

    @AfterEach
    void stop() {
        demanding.close();
        open.close();
    }

    @ParameterizedTest
    @MethodSource("levels")
    void syncsAfterTheRightPassword(ProtocolLevel level) throws Exception {
        try (WireClient client = WireClient.connect(demanding, level)) {
            client.login(TestServer.USER, TestServer.PASSWORD)
                    .greet()
                    .request("2", "0", root.toString())
                    .list(Map.of());

            assertThat(client.answer(name -> new byte[0])).isEmpty();
            assertThat(client.takeOffers()).containsOnlyKeys("f");
            client.peer().expectEndOfStream();
        }
    }

    static Stream<ProtocolLevel> levels() {
        return Stream.of(ProtocolLevel.values());
    }

    @Test
    void verifiesALoginThatNobodyDemanded() throws Exception {
        try (WireClient client = WireClient.connect(open, ProtocolLevel.PYSKSYNC_2)) {
            client.login(TestServer.USER, TestServer.PASSWORD).greet();
        }
        try (WireClient client = WireClient.connect(open, ProtocolLevel.PYSKSYNC_2)) {
            client.challenged(TestServer.USER, "wrong");
            client.peer().expectLine("").expectEndOfStream();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {TestServer.USER, "nobody", "ünbekannt"})
    void tellsAWrongPasswordAndAnUnknownUserTheSame(String user) throws Exception {
        try (WireClient client = WireClient.connect(demanding, ProtocolLevel.PYSKSYNC_2)) {
            client.challenged(user, "wrong");

            client.peer().expectLine("").expectEndOfStream();
        }
    }

    @Test
    void unknownUserAlwaysHasTheSameSaltAndOneThatLooksLikeAnyOther() {
        String known = salt(USER_HEX);
        String unknown = salt("6e6f626f6479");

        assertThat(salt(USER_HEX)).isEqualTo(known);
        assertThat(salt("6e6f626f6479")).isEqualTo(unknown).hasSameSizeAs(known).isNotEqualTo(known);
    }

    private String salt(String userHex) {
        try (WireClient client = WireClient.connect(demanding, ProtocolLevel.PYSKSYNC_2)) {
            client.peer().send(START + userHex + " 02\n");
            List<String> challenge = List.of(client.peer().readLine().split(" ", -1));
            assertThat(challenge).hasSize(2).allMatch(field -> field.matches("([0-9a-f]{2})+"));
            return challenge.get(0);
        }
    }

    static Stream<String> openingsThatAreNone() {
        return Stream.of(
                START + USER_HEX + " xyz1",
                START + USER_HEX + " abc",
                START + USER_HEX + " ",
                START + USER_HEX,
                START + USER_HEX + " 02 02",
                START + " 02",
                START,
                START + "zz 02",
                START + "ff 02",
                START + "00".repeat(4) + " 02",
                START + "61".repeat(256) + " 02",
                START + USER_HEX + "\t02",
                START + USER_HEX + " 00",
                START + USER_HEX + " " + "00".repeat(256),
                START + USER_HEX + " " + N.toString(16),
                START + USER_HEX + " " + "00" + N.toString(16),
                START + USER_HEX + " 0" + N.shiftLeft(1).toString(16),
                START + USER_HEX + " " + N.add(BigInteger.ONE).toString(16));
    }

    @ParameterizedTest
    @MethodSource("openingsThatAreNone")
    void refusesAnOpeningThatIsNone(String opening) {
        for (SkSyncServer server : List.of(demanding, open)) {
            try (WireClient client = WireClient.connect(server, ProtocolLevel.PYSKSYNC_2)) {
                client.peer().send(opening + "\n").expectLine("").expectEndOfStream();
            }
        }
    }

    @Test
    void takesUpperCaseHex() {
        try (WireClient client = WireClient.connect(demanding, ProtocolLevel.PYSKSYNC_2)) {
            client.peer().send(START + "4A4B AB\n");

            assertThat(client.peer().readLine()).matches("[0-9a-f]+ [0-9a-f]+");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "0000000000000000000000000000000000000000",
                "no hex",
                "380f8a60b5581a6fb5c94eadddbffd921f469748 ",
                START + USER_HEX + " 02",
                "pysksync 2"
            })
    void refusesAProofThatIsNone(String proof) {
        try (WireClient client = WireClient.connect(demanding, ProtocolLevel.PYSKSYNC_2)) {
            client.peer().send(START + USER_HEX + " 02\n").readLine();

            client.peer().send(proof + "\n").expectLine("").expectEndOfStream();
        }
    }

    @Test
    void refusesASecondLogin() throws Exception {
        try (WireClient client = WireClient.connect(demanding, ProtocolLevel.PYSKSYNC_2)) {
            client.login(TestServer.USER, TestServer.PASSWORD);

            client.peer().send(START + USER_HEX + " 02\n").expectLine("").expectEndOfStream();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"sksync 1", "pysksync 1", "pysksync 2", "GET / HTTP/1.1", ""})
    void answersAnEmptyLineWhereALoginIsDemanded(String firstLine) {
        try (WireClient client = WireClient.connect(demanding, ProtocolLevel.PYSKSYNC_2)) {
            client.peer().send(firstLine + "\n").expectLine("").expectEndOfStream();
        }
    }

    @Test
    void servesNothingToAClientThatGoesOnWithoutLogin() {
        try (WireClient client = WireClient.connect(demanding, ProtocolLevel.PYSKSYNC_2)) {
            client.peer().send("pysksync 2\n2\n0\n" + root + "\n/x\n\n");

            client.peer().expectLine("").expectEndOfStream();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET / HTTP/1.1",
                "sksync 2",
                "SKSYNC 1",
                " sksync 1",
                "sksync 1 ",
                "sksync 1\r",
                "",
                "\u0016\u0003\u0001"
            })
    void closesOnAGreetingThatIsNone(String firstLine) {
        try (WireClient client = WireClient.connect(open, ProtocolLevel.PYSKSYNC_2)) {
            client.peer().send(firstLine + "\n").expectEndOfStream();
        }
    }
}
