package org.sksync.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sksync.client.config.Patience;
import org.sksync.client.report.SyncFailedException;
import org.sksync.client.report.SyncFailedException.Kind;
import org.sksync.client.report.SyncListener;
import org.sksync.client.report.SyncReport;
import org.sksync.files.scan.SkippedFile;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.SyncType;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.ScriptedPeer;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;

/** What {@link HostileServerIT} tries on one level, on all of them. */
@ExtendWith(NoLeaks.class)
final class HostileServerOnEveryLevelIT {
    private static final long NOW = 1_400_000_000;
    private static final TreeFile OWN = TreeFile.text("own content", NOW);

    private final SkSyncClient client = new SkSyncClient();

    @TempDir
    private Path temp;

    private Path around;
    private Path root;

    @BeforeEach
    void makeTrees() throws Exception {
        around = temp.toRealPath();
        root = around.resolve("root");
        TreeFixture.write(around, Map.of("root/f", OWN, "root/sub/f", OWN, "secret", OWN));
    }

    @AfterEach
    void stop() {
        client.close();
    }

    private SyncReport sync(ProtocolLevel level, UnaryOperator<Profiles> adapt, ScriptedPeer.Script script)
            throws Exception {
        try (ScriptedPeer server = ScriptedPeer.server()) {
            server.play(script);
            try {
                Profiles profile = Profiles.of(server.port(), root, "/srv/sync").level(level);
                return client.sync(adapt.apply(profile).profile(), SyncListener.NONE);
            } finally {
                server.verify();
            }
        }
    }

    private void assertEnded(ProtocolLevel level, UnaryOperator<Profiles> adapt, ScriptedPeer.Script script)
            throws Exception {
        assertThatExceptionOfType(SyncFailedException.class)
                .isThrownBy(() -> sync(level, adapt, script))
                .satisfies(e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(Kind.PROTOCOL));
        assertThat(TreeFixture.read(around)).isEqualTo(Map.of("root/f", OWN, "root/sub/f", OWN, "secret", OWN));
        assertThat(root.resolve(".sksync")).doesNotExist();
    }

    private static Stream<Arguments> onEachLevel(String... names) {
        return Stream.of(ProtocolLevel.values())
                .flatMap(level -> Stream.of(names).map(name -> Arguments.of(level, name)));
    }

    static Stream<Arguments> unlisted() {
        return onEachLevel(
                "g", "../secret", "/etc/passwd", "sub", "sub/../f", "./f", "F", "f\r", ".sksync/x", "f\u0000");
    }

    @ParameterizedTest
    @MethodSource("unlisted")
    void getsNothingThatWasNotListed(ProtocolLevel level, String name) throws Exception {
        assertEnded(level, UnaryOperator.identity(), peer -> {
            new WireServer(peer, level).takeListing();
            peer.send(name + "\n").expectClose();
        });
    }

    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void getsAFileOnceAndNoneInADownload(ProtocolLevel level) throws Exception {
        assertEnded(level, UnaryOperator.identity(), peer -> {
            WireServer server = new WireServer(peer, level);
            server.takeListing();
            assertThat(server.ask("f")).isEqualTo(OWN.content());
            peer.send("f\n").expectClose();
        });
        for (SyncType type : new SyncType[] {SyncType.FROM_SERVER_USE_TIME, SyncType.FROM_SERVER_NO_TIME}) {
            assertEnded(level, profile -> profile.type(type), peer -> {
                new WireServer(peer, level).takeListing();
                peer.send("f\n").expectClose();
            });
        }
    }

    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void doesNotFillTheMemoryWithNames(ProtocolLevel level) throws Exception {
        try (SkSyncClient modest = new SkSyncClient(Patience.DEFAULT, 5000);
                ScriptedPeer peer = ScriptedPeer.server()) {
            peer.play(script -> {
                WireServer server = new WireServer(script, level);
                server.takeListing();
                server.wantNoMore();
                for (int i = 0; i < 3; i++) {
                    server.offer(i + "x".repeat(200), NOW, "");
                }
                for (int i = 0; i < 5; i++) {
                    server.offer(i + "excluded", NOW, "");
                }
                script.expectClose();
            });
            Profiles profile =
                    Profiles.of(peer.port(), root, "/srv/sync").level(level).exclude("*excluded");

            assertThatExceptionOfType(SyncFailedException.class)
                    .isThrownBy(() -> modest.sync(profile.profile(), SyncListener.NONE))
                    .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.PROTOCOL))
                    .withMessageContaining("no memory left");
        }
    }

    static Stream<Arguments> noNames() {
        return onEachLevel(
                "../new", "..", "sub/../new", "/tmp/x", "//x", "C:\\x", "a//b", "a/", ".sksync/x", "a\u0000b");
    }

    @ParameterizedTest
    @MethodSource("noNames")
    void storesNothingUnderANameThatIsNone(ProtocolLevel level, String name) throws Exception {
        assertEnded(level, UnaryOperator.identity(), peer -> {
            WireServer server = new WireServer(peer, level);
            server.takeListing();
            server.wantNoMore().offer(name, NOW + 10, "from outside");
            peer.expectClose();
        });
    }

    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void storesNothingInAnUploadNorBelowTheTopOfAFlatSync(ProtocolLevel level) throws Exception {
        for (SyncType type : new SyncType[] {SyncType.TO_SERVER_USE_TIME, SyncType.TO_SERVER_NO_TIME}) {
            assertEnded(level, profile -> profile.type(type), peer -> {
                WireServer server = new WireServer(peer, level);
                server.takeListing();
                server.wantNoMore().offer("new", NOW, "x");
                peer.expectClose();
            });
        }
        assertEnded(level, Profiles::topLevel, peer -> {
            WireServer server = new WireServer(peer, level);
            server.takeListing();
            server.wantNoMore().offer("sub/new", NOW, "x");
            peer.expectClose();
        });
    }

    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void replacesNothingByACopyThatIsOlderOrExcluded(ProtocolLevel level) throws Exception {
        SyncReport report = sync(level, profile -> profile.topLevel().exclude("*.bak"), peer -> {
            WireServer server = new WireServer(peer, level);
            server.takeListing();
            server.wantNoMore()
                    .offer("f", NOW - 1, "older")
                    .offer("x.bak", NOW, "excluded")
                    .end();
        });

        assertThat(report.skipped()).extracting(SkippedFile::name).containsExactly("f", "x.bak");
        assertThat(TreeFixture.read(around)).isEqualTo(Map.of("root/f", OWN, "root/sub/f", OWN, "secret", OWN));
    }

    /** Without a checksum what was announced is a whole file, and only what follows is noticed. */
    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void endsWithMoreBytesThanItAnnounced(ProtocolLevel level) throws Exception {
        assertThatExceptionOfType(SyncFailedException.class)
                .isThrownBy(() -> sync(level, UnaryOperator.identity(), peer -> {
                    new WireServer(peer, level).takeListing();
                    peer.send("\nf\n1400000005000\n5\nnewer and more\n\n\n").expectClose();
                }))
                .satisfies(e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(Kind.PROTOCOL));

        TreeFile announced = TreeFile.text("newer", NOW + 5);
        assertThat(TreeFixture.read(root).get("f"))
                .isIn(level == ProtocolLevel.PYSKSYNC_2 ? List.of(OWN) : List.of(OWN, announced));
        assertThat(TreeFixture.read(root)).containsOnlyKeys("f", "sub/f");
        assertThat(root.resolve(".sksync")).doesNotExist();
    }

    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void getsNeitherBytesNorALengthOfAFileThatIsGone(ProtocolLevel level) throws Exception {
        SyncReport report = sync(level, UnaryOperator.identity(), peer -> {
            new WireServer(peer.accept(), level).takeListing();
            Files.delete(root.resolve("f"));
            peer.send("f\n").expectClose();
            // The wire has no word for a file that is gone, so the client comes again without it.
            WireServer again = new WireServer(peer.accept(), level);
            assertThat(again.takeListing()).containsExactly(NOW + "000 sub/f");
            again.wantNoMore().end();
        });

        assertThat(report.sentFiles()).isZero();
        assertThat(report.skipped()).extracting(SkippedFile::name).containsExactly("f");
    }

    @ParameterizedTest
    @EnumSource(ProtocolLevel.class)
    void theFirstStaysWhereAFileAndADirectoryHaveOneName(ProtocolLevel level) throws Exception {
        SyncReport report = sync(level, UnaryOperator.identity(), peer -> {
            WireServer server = new WireServer(peer, level);
            server.takeListing();
            server.wantNoMore()
                    .offer("a", NOW, "file")
                    .offer("a/b", NOW, "below it")
                    .offer("c/d", NOW, "below it")
                    .offer("c", NOW, "file")
                    .end();
        });

        assertThat(report.skipped()).extracting(SkippedFile::name).containsExactly("a/b", "c");
        assertThat(TreeFixture.read(root)).containsOnlyKeys("a", "c/d", "f", "sub/f");
    }
}
