package org.sksync.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.client.report.SyncFailedException;
import org.sksync.client.report.SyncFailedException.Kind;
import org.sksync.client.report.SyncListener;
import org.sksync.client.report.SyncReport;
import org.sksync.files.scan.SkipReason;
import org.sksync.files.scan.SkippedFile;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.SyncType;
import org.sksync.server.SkSyncServer;
import org.sksync.server.config.LoginPolicy;
import org.sksync.testkit.Fault;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.ScriptedPeer;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;

/**
 * A client that meets a server which is up to no good. The client's tree is {@code root}; what lies around it must not
 * be touched, whatever the server says.
 */
@ExtendWith(NoLeaks.class)
final class HostileServerIT {
    private static final long NOW = 1_400_000_000;
    private static final TreeFile OWN = TreeFile.text("own content", NOW);

    /** What a hostile server says once the connection stands. */
    @FunctionalInterface
    private interface Words {
        void say(WireServer server) throws Exception;
    }

    private final SkSyncClient client = new SkSyncClient();

    @TempDir
    private Path temp;

    private Path around;
    private Path root;

    @BeforeEach
    void makeTrees() throws IOException {
        around = temp.toRealPath();
        root = around.resolve("root");
        TreeFixture.write(
                around,
                Map.of("root/f", OWN, "root/sub/f", OWN, "root/skip.bak", OWN, "outside/secret", OWN, "root2/x", OWN));
        Files.createSymbolicLink(root.resolve("link"), around.resolve("outside"));
    }

    @AfterEach
    void stop() {
        client.close();
    }

    // Requests.

    @Test
    void sendsWhatItListedToAServerThatAsks() throws Exception {
        SyncReport report = sync(UnaryOperator.identity(), server -> {
            assertThat(server.takeListing()).contains(NOW + "000 f", NOW + "000 sub/f");
            assertThat(server.ask("f")).isEqualTo(OWN.content());
            assertThat(server.ask("sub/f")).isEqualTo(OWN.content());
            server.wantNoMore().end();
        });

        assertThat(report.sentFiles()).isEqualTo(2);
        assertUntouched();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing of this name",
                "../outside/secret",
                "/etc/passwd",
                "link/secret",
                "sub/../f",
                "./f",
                "sub",
                "sub/",
                "skip.bak",
                ".sksync/x",
                "F",
                "f\r",
                "f\u0000"
            })
    void sendsNothingThatItDidNotList(String name) throws Exception {
        assertFails(Kind.PROTOCOL, profile -> profile.exclude("*.bak"), server -> {
            server.takeListing();
            server.peer().send(name + "\n").expectClose();
        });
    }

    @Test
    void sendsAFileOnce() throws Exception {
        assertFails(Kind.PROTOCOL, UnaryOperator.identity(), server -> {
            server.takeListing();
            server.ask("f");
            server.peer().send("f\n").expectClose();
        });
    }

    @Test
    void sendsNothingInASyncFromTheServer() throws Exception {
        for (SyncType type : List.of(SyncType.FROM_SERVER_USE_TIME, SyncType.FROM_SERVER_NO_TIME)) {
            assertFails(Kind.PROTOCOL, profile -> profile.type(type), server -> {
                assertThat(server.takeListing()).contains(NOW + "000 f");
                server.peer().send("f\n").expectClose();
            });
        }
    }

    @Test
    void sendsNothingBelowTheTopWhereItIsNotRecursive() throws Exception {
        assertFails(Kind.PROTOCOL, Profiles::topLevel, server -> {
            assertThat(server.takeListing()).doesNotContain(NOW + "000 sub/f");
            server.peer().send("sub/f\n").expectClose();
        });
    }

    @Test
    void doesNotFollowAFileThatBecameALinkAfterTheListing() throws Exception {
        SyncReport report = syncOver(UnaryOperator.identity(), peer -> {
            WireServer first = new WireServer(peer.accept(), ProtocolLevel.PYSKSYNC_2);
            first.takeListing();
            Files.delete(root.resolve("f"));
            Files.createSymbolicLink(root.resolve("f"), around.resolve("outside/secret"));
            peer.send("f\n").expectClose();
            // The wire has no word for a file that can't be sent, so the client comes again without it.
            WireServer second = new WireServer(peer.accept(), ProtocolLevel.PYSKSYNC_2);
            assertThat(second.takeListing()).isNotEmpty().doesNotContain(NOW + "000 f");
            second.wantNoMore().end();
        });

        assertThat(report.sentFiles()).isZero();
        assertThat(report.skipped()).extracting(SkippedFile::name).containsExactly("f");
    }

    @Test
    void breaksOffAFileThatChangesWhileItIsSentAndComesAgainWithoutIt() throws Exception {
        int large = 64 * 1024 * 1024;
        Files.write(root.resolve("large"), new byte[large]);
        SyncReport report = syncOver(
                UnaryOperator.identity(),
                peer -> {
                    WireServer first = new WireServer(peer.accept(), ProtocolLevel.SKSYNC_1);
                    first.takeListing();
                    peer.send("large\n").expectLine(String.valueOf(large));
                    Files.write(root.resolve("large"), new byte[] {1}, StandardOpenOption.APPEND);
                    assertThatThrownBy(() -> peer.discard(large)).hasMessageContaining("closed with");
                    WireServer second = new WireServer(peer.accept(), ProtocolLevel.SKSYNC_1);
                    assertThat(second.takeListing()).isNotEmpty().noneMatch(line -> line.endsWith("large"));
                    second.wantNoMore().end();
                },
                ProtocolLevel.SKSYNC_1);

        assertThat(report.skipped()).extracting(SkippedFile::reason).containsExactly(SkipReason.CHANGED);
    }

    // Offers.

    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void takesWhatItMustTake(ProtocolLevel level) throws Exception {
        SyncReport report = syncOver(
                UnaryOperator.identity(),
                peer -> {
                    WireServer server = new WireServer(peer, level);
                    server.takeListing();
                    server.wantNoMore()
                            .offer("f", NOW + 1, "newer")
                            .offer("new/deep/é", 7, "")
                            .end();
                },
                level);

        assertThat(report.receivedFiles()).isEqualTo(2);
        SortedMap<String, TreeFile> expected = before();
        expected.put("root/f", TreeFile.text("newer", NOW + 1));
        expected.put("root/new/deep/é", TreeFile.text("", 7));
        assertThat(TreeFixture.read(around)).isEqualTo(expected);
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../outside/new",
                "..",
                ".",
                "./x",
                "sub/../x",
                "/tmp/x",
                "//x",
                "C:\\x",
                "\\\\host\\x",
                "a//b",
                "a/",
                ".sksync/x",
                "a/.SKSYNC",
                "a\u0000b"
            })
    void refusesANameThatIsNone(String name) throws Exception {
        assertFails(Kind.PROTOCOL, UnaryOperator.identity(), server -> {
            server.takeListing();
            server.wantNoMore().offer(name, NOW + 10, "from outside").peer().expectClose();
        });
    }

    @Test
    void takesNothingInASyncToTheServer() throws Exception {
        for (SyncType type : List.of(SyncType.TO_SERVER_USE_TIME, SyncType.TO_SERVER_NO_TIME)) {
            assertFails(Kind.PROTOCOL, profile -> profile.type(type), server -> {
                server.takeListing();
                server.wantNoMore().offer("new", NOW, "x").peer().expectClose();
            });
        }
    }

    @Test
    void takesNothingBelowTheTopWhereItIsNotRecursive() throws Exception {
        assertFails(Kind.PROTOCOL, Profiles::topLevel, server -> {
            server.takeListing();
            server.wantNoMore().offer("sub/new", NOW, "x").peer().expectClose();
        });
    }

    @Test
    void takesAFileOnce() throws Exception {
        TreeFile first = TreeFile.text("first", NOW);
        assertThatExceptionOfType(SyncFailedException.class)
                .isThrownBy(() -> sync(UnaryOperator.identity(), server -> {
                    server.takeListing();
                    server.wantNoMore().offer("new", NOW, "first");
                    server.peer()
                            .send(WireServer.offered(ProtocolLevel.PYSKSYNC_2, "new", NOW + 10, "second"))
                            .expectClose();
                }))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.PROTOCOL));

        SortedMap<String, TreeFile> after = new TreeMap<>(TreeFixture.read(around));
        assertThat(after.getOrDefault("root/new", first)).isEqualTo(first);
        after.remove("root/new");
        assertThat(after).isEqualTo(before());
        assertNothingLeft();
    }

    @Test
    void leavesOutWhatItsOwnTermsForbidAndGoesOn() throws Exception {
        SyncReport report = sync(profile -> profile.exclude("*.bak"), server -> {
            server.takeListing();
            server.wantNoMore()
                    .offer("f", NOW, "as old")
                    .offer("sub/f", NOW - 5, "older")
                    .offer("skip.bak", NOW + 5, "excluded")
                    .offer("new.bak", NOW + 5, "excluded")
                    .offer("x.bak/new", NOW + 5, "excluded")
                    .offer("link/secret", NOW + 5, "through a link")
                    .offer("link", NOW + 5, "over a link")
                    .offer("sub", NOW + 5, "over a directory")
                    .offer("f/below", NOW + 5, "below a file")
                    .offer("back\\slash", NOW + 5, "trouble for others")
                    .offer("x".repeat(300), NOW + 5, "too long a name")
                    .offer("good", NOW, "good")
                    .end();
        });

        assertThat(report.receivedFiles()).isEqualTo(1);
        assertThat(report.skipped()).hasSize(11);
        SortedMap<String, TreeFile> expected = before();
        expected.put("root/good", TreeFile.text("good", NOW));
        assertThat(TreeFixture.read(around)).isEqualTo(expected);
        assertThat(TreeFixture.others(root)).containsExactlyInAnyOrder("link", "sub");
    }

    @Test
    void replacesNothingWhereTimesDoNotCount() throws Exception {
        for (SyncType type : List.of(SyncType.FROM_SERVER_NO_TIME, SyncType.BIDIRECTIONAL_NO_TIME)) {
            SyncReport report = sync(profile -> profile.type(type), server -> {
                server.takeListing();
                server.wantNoMore().offer("f", NOW + 5, "newer").end();
            });

            assertThat(report.receivedFiles()).isZero();
            assertThat(report.skipped()).extracting(SkippedFile::reason).containsExactly(SkipReason.REFUSED);
        }
        assertUntouched();
    }

    @Test
    void keepsAFileThatChangedSinceItWasListed() throws Exception {
        TreeFile changed = TreeFile.text("changed by its owner", NOW + 2);
        SyncReport report = sync(UnaryOperator.identity(), server -> {
            server.takeListing();
            TreeFixture.write(root, Map.of("f", changed));
            server.wantNoMore().offer("f", NOW + 5, "newer").end();
        });

        assertThat(report.skipped()).extracting(SkippedFile::reason).containsExactly(SkipReason.CHANGED);
        assertThat(TreeFixture.read(root).get("f")).isEqualTo(changed);
        assertNothingLeft();
    }

    // Bytes.

    @Test
    void keepsTheOldFileWhenTheChecksumIsWrong() throws Exception {
        String right = WireServer.md5("newer".getBytes(US_ASCII));
        for (String wrong : List.of("0".repeat(32), right.substring(1), right + "0", "x" + right, "")) {
            assertFails(Kind.PROTOCOL, UnaryOperator.identity(), server -> {
                server.takeListing();
                server.wantNoMore()
                        .peer()
                        .send("f\n" + (NOW + 5) + "000\n5\nnewer" + wrong + "\n")
                        .expectClose();
            });
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "f\n\n5\n",
                "f\n+5\n5\n",
                "f\n5.0\n5\n",
                "f\n99999999999999999999\n5\n",
                "f\n1400000005000\n-1\n",
                "f\n1400000005000\n\n",
                "f\n1400000005000\n0x5\n",
                "f\n1400000005000\n9223372036854775808\n"
            })
    void keepsTheOldFileWhenANumberIsNone(String head) throws Exception {
        assertFails(Kind.PROTOCOL, UnaryOperator.identity(), server -> {
            server.takeListing();
            server.wantNoMore().peer().send(head).expectClose();
        });
    }

    static Stream<ProtocolLevel> levels() {
        return Stream.of(ProtocolLevel.values());
    }

    @ParameterizedTest
    @MethodSource("levels")
    void keepsTheOldFileWhenTheConnectionEndsAtAnyByte(ProtocolLevel level) throws Exception {
        byte[] offer = WireServer.offered(level, "f", NOW + 5, "newer content");
        int whole = level == ProtocolLevel.PYSKSYNC_2 ? offer.length : offer.length - 1;

        for (int sent = 0; sent < whole; sent++) {
            Fault fault = sent % 2 == 0 ? Fault.CLOSE : Fault.RESET;
            byte[] part = Arrays.copyOf(offer, sent);
            assertFails(Kind.NETWORK, UnaryOperator.identity(), level, server -> {
                server.takeListing();
                server.wantNoMore().peer().send(part).send("", fault);
            });
        }
    }

    @ParameterizedTest
    @MethodSource("levels")
    void keepsAFileThatCameWholeBeforeTheConnectionEnded(ProtocolLevel level) throws Exception {
        assertThatExceptionOfType(SyncFailedException.class)
                .isThrownBy(() -> syncOver(
                        UnaryOperator.identity(),
                        peer -> {
                            WireServer server = new WireServer(peer, level);
                            server.takeListing();
                            server.wantNoMore().offer("f", NOW + 5, "newer");
                            server.peer().send("", Fault.HALF_CLOSE).expectClose();
                        },
                        level))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NETWORK));

        SortedMap<String, TreeFile> expected = before();
        expected.put("root/f", TreeFile.text("newer", NOW + 5));
        assertThat(TreeFixture.read(around)).isEqualTo(expected);
        assertNothingLeft();
    }

    // Openings.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "protocol established\n",
                "Protocol Established\r\n",
                " Protocol Established\n",
                "SSH-2.0-OpenSSH_9.2\r\n",
                "HTTP/1.1 400 Bad Request\r\n\r\n",
                "\u0016\u0003\u0001\n",
                "\u00ff\u00fe\n"
            })
    void refusesAnAnswerToTheGreetingThatIsNone(String answer) throws Exception {
        assertFails(
                Kind.PROTOCOL,
                UnaryOperator.identity(),
                server -> server.peer().expectLine("pysksync 2").send(answer).expectClose());
    }

    @Test
    void refusesABannerWithoutEnd() throws Exception {
        assertFails(Kind.PROTOCOL, UnaryOperator.identity(), server -> server.peer()
                .expectLine("pysksync 2")
                .send("x".repeat(3000))
                .expectClose());
    }

    @Test
    void refusesAChecksumThatItDoesNotKnow() throws Exception {
        for (String choice : List.of("sha1", "MD5", "md5 ", "")) {
            assertFails(
                    Kind.PROTOCOL,
                    UnaryOperator.identity(),
                    server -> server.establish().peer().send(choice + "\n").expectClose());
        }
    }

    @Test
    void listsNothingBeforeTheServerHasAnswered() throws Exception {
        assertFails(Kind.NETWORK, UnaryOperator.identity(), server -> server.peer()
                .expectLine("pysksync 2")
                .send("", Fault.HALF_CLOSE)
                .expectClose());
    }

    @ParameterizedTest
    @MethodSource("levels")
    void saysThatAServerWhichClosesAfterTheRequestRefusesThePath(ProtocolLevel level) throws Exception {
        assertFails(Kind.PATH, UnaryOperator.identity(), level, server -> server.establish()
                .peer()
                .send("", Fault.HALF_CLOSE));
    }

    @Test
    void saysThatAnEmptyLineDemandsALogin() throws Exception {
        assertFails(
                Kind.IDENTITY,
                UnaryOperator.identity(),
                server -> server.peer().expectLine("pysksync 2").send("\n").expectClose());
    }

    @Test
    void givesUpWhereTheLoginIsRefused() throws Exception {
        assertFails(Kind.IDENTITY, profile -> profile.login("u", "p"), server -> {
            assertThat(server.peer().readLine()).startsWith("PYSKSYNC SRP START:75 ");
            server.peer().send("\n").expectClose();
        });
    }

    static Stream<String> challengesThatAreNone() {
        return Stream.of(
                " 02",
                "aa ",
                "aa 00",
                "aa",
                "aa 02 02",
                "xx 02",
                "aa " + "ff".repeat(256),
                "aa " + "02".repeat(257),
                "aa".repeat(65) + " 02",
                "Protocol Established");
    }

    @ParameterizedTest
    @MethodSource("challengesThatAreNone")
    void provesNothingToAServerWhoseChallengeIsNone(String challenge) throws Exception {
        assertThatExceptionOfType(SyncFailedException.class)
                .isThrownBy(() -> sync(profile -> profile.login("u", "p"), server -> {
                    server.peer().readLine();
                    server.peer().send(challenge + "\n").expectClose();
                }))
                .satisfies(e -> assertThat(e.kind()).isIn(Kind.IDENTITY, Kind.PROTOCOL));
        assertUntouched();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "0000000000000000000000000000000000000000", "no hex", "Protocol Established"})
    void saysNothingMoreToAServerThatCannotProveItself(String proof) throws Exception {
        assertFails(Kind.IDENTITY, profile -> profile.login("u", "p"), server -> {
            server.peer().readLine();
            server.peer().send("aa 02\n");
            assertThat(server.peer().readLine()).matches("[0-9a-f]{40}");
            server.peer().send(proof + "\n").expectClose();
        });
    }

    @Test
    void failsOnTheLoginWhereOurServerRefusesIt() throws Exception {
        try (SkSyncServer server = TestDaemon.start(around, Optional.empty(), LoginPolicy.REQUIRED)) {
            Profiles profile = Profiles.of(server.address().getPort(), root, around + "/root2");
            for (Profiles each : List.of(
                    profile, profile.login(TestDaemon.USER, "wrong"), profile.login("nobody", TestDaemon.PASSWORD))) {
                assertThatExceptionOfType(SyncFailedException.class)
                        .isThrownBy(() -> client.sync(each.profile(), SyncListener.NONE))
                        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.IDENTITY));
            }
        }
        assertUntouched();
    }

    @Test
    void failsOnThePathWhereOurServerRefusesIt() throws Exception {
        try (SkSyncServer server = TestDaemon.open(around.resolve("root2"))) {
            for (ProtocolLevel level : ProtocolLevel.values()) {
                for (String path : List.of(around + "/outside", around + "/root2/missing", "relative")) {
                    Profiles profile =
                            Profiles.of(server.address().getPort(), root, path).level(level);
                    assertThatExceptionOfType(SyncFailedException.class)
                            .isThrownBy(() -> client.sync(profile.profile(), SyncListener.NONE))
                            .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.PATH));
                }
            }
        }
        assertUntouched();
    }

    @Test
    void failsOnTheNetworkWhereNobodyListens() throws Exception {
        int port;
        try (ScriptedPeer gone = ScriptedPeer.server()) {
            port = gone.port();
        }

        assertThatExceptionOfType(SyncFailedException.class)
                .isThrownBy(() -> client.sync(Profiles.of(port, root, "/srv").profile(), SyncListener.NONE))
                .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.NETWORK));
    }

    @Test
    void failsOnThePathWhereItsOwnDirectoryIsNone() {
        for (String missing : List.of("missing", "f")) {
            assertThatExceptionOfType(SyncFailedException.class)
                    .isThrownBy(() -> client.sync(
                            Profiles.of(1, root.resolve(missing), "/srv").profile(), SyncListener.NONE))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.PATH));
        }
    }

    private SyncReport sync(UnaryOperator<Profiles> adapt, Words words) throws Exception {
        return syncOver(adapt, peer -> words.say(new WireServer(peer, ProtocolLevel.PYSKSYNC_2)));
    }

    private SyncReport syncOver(UnaryOperator<Profiles> adapt, ScriptedPeer.Script script) throws Exception {
        return syncOver(adapt, script, ProtocolLevel.PYSKSYNC_2);
    }

    private SyncReport syncOver(UnaryOperator<Profiles> adapt, ScriptedPeer.Script script, ProtocolLevel level)
            throws Exception {
        try (ScriptedPeer server = ScriptedPeer.server()) {
            server.play(script);
            Profiles profile =
                    adapt.apply(Profiles.of(server.port(), root, "/srv/sync").level(level));
            try {
                return client.sync(profile.profile(), SyncListener.NONE);
            } finally {
                server.verify();
            }
        }
    }

    private void assertFails(Kind kind, UnaryOperator<Profiles> adapt, Words words) throws Exception {
        assertFails(kind, adapt, ProtocolLevel.PYSKSYNC_2, words);
    }

    private void assertFails(Kind kind, UnaryOperator<Profiles> adapt, ProtocolLevel level, Words words)
            throws Exception {
        assertThatExceptionOfType(SyncFailedException.class)
                .isThrownBy(() -> syncOver(adapt, peer -> words.say(new WireServer(peer, level)), level))
                .satisfies(e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind));
        assertUntouched();
    }

    private void assertUntouched() throws IOException {
        assertThat(TreeFixture.read(around)).isEqualTo(before());
        assertNothingLeft();
    }

    private void assertNothingLeft() {
        assertThat(root.resolve(".sksync")).doesNotExist();
    }

    private static SortedMap<String, TreeFile> before() {
        return new TreeMap<>(
                Map.of("root/f", OWN, "root/sub/f", OWN, "root/skip.bak", OWN, "outside/secret", OWN, "root2/x", OWN));
    }
}
