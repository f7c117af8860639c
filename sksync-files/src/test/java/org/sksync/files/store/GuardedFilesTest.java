package org.sksync.files.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.RelativePath;
import org.sksync.files.path.ResolvedRoot;
import org.sksync.files.scan.ScanDepth;
import org.sksync.files.scan.ScanResult;
import org.sksync.files.scan.SkipReason;
import org.sksync.files.scan.SkippedFile;

/** What a sync makes of files that it must not touch, and that lie in the synced directory all the same. */
class GuardedFilesTest {

    private static final String WHY = "it is this program's own; move it";
    private static final long TIME = 1_234_567_890_000L;

    @TempDir
    private Path temp;

    private Path root;
    private Path secret;
    private GuardedFiles guarded;

    @BeforeEach
    void makeTree() throws IOException {
        root = Files.createDirectory(temp.toRealPath().resolve("root"));
        secret = Files.createDirectory(root.resolve("conf")).resolve("secret.json");
        Files.writeString(secret, "secret");
        Files.writeString(root.resolve("conf/other.txt"), "other");
        guarded = new GuardedFiles(List.of(secret), List.of(secret.resolveSibling("secret.json.bak-")), WHY);
    }

    private TreeStore open(Path directory) throws IOException {
        return open(directory, guarded);
    }

    private static TreeStore open(Path directory, GuardedFiles guarded) throws IOException {
        return TreeStore.open(
                ResolvedRoot.of(directory),
                PlatformNames.of(directory.getFileSystem()),
                guarded,
                new PathLocks(),
                new SecureRandom(),
                Clock.systemUTC(),
                TimeErrors.FAIL,
                KeepReplaced.OFF,
                Durability.BATCH,
                Forcing.IN_TURN);
    }

    private static List<String> names(ScanResult scan) {
        return scan.files().entries().stream().map(entry -> entry.path().text()).toList();
    }

    private static ScanResult scan(TreeStore store) throws IOException {
        return store.scan(ScanDepth.TREE, ExcludeFilter.none());
    }

    private static void assertRefused(TreeStore store, String name) throws Exception {
        RelativePath path = RelativePath.of(name);
        assertThat(store.guarded(path)).contains(new SkippedFile(name, SkipReason.GUARDED, WHY));
        assertThatExceptionOfType(SkippedFileException.class)
                .isThrownBy(() -> store.receive(path, Optional.empty()))
                .returns(SkipReason.GUARDED, SkippedFileException::reason);
        assertThatExceptionOfType(SkippedFileException.class)
                .isThrownBy(() -> store.receiveWhole(path, Optional.empty(), List.of(ByteBuffer.allocate(1)), TIME))
                .returns(SkipReason.GUARDED, SkippedFileException::reason);
        assertThatExceptionOfType(SkippedFileException.class)
                .isThrownBy(() -> store.openForSending(path))
                .returns(SkipReason.GUARDED, SkippedFileException::reason);
    }

    @Test
    void areNeitherListedNorSentNorReplaced() throws Exception {
        try (TreeStore store = open(root)) {
            ScanResult scan = scan(store);

            assertThat(names(scan)).containsExactly("conf/other.txt");
            assertThat(scan.skipped()).containsExactly(new SkippedFile("conf/secret.json", SkipReason.GUARDED, WHY));
            assertRefused(store, "conf/secret.json");
        }
        assertThat(secret).hasContent("secret");
    }

    @Test
    void areGuardedFromADirectoryFurtherDownToo() throws Exception {
        try (TreeStore store = open(root.resolve("conf"))) {
            assertThat(names(scan(store))).containsExactly("other.txt");
            assertRefused(store, "secret.json");
        }
    }

    @Test
    void areNotMadeWhereTheyAreMissing() throws Exception {
        Files.delete(secret);
        try (TreeStore store = open(root)) {
            assertRefused(store, "conf/secret.json");
            assertRefused(store, "conf/secret.json/beneath");
        }
    }

    @Test
    void areKnownByTheBeginningsOfTheirNames() throws Exception {
        Files.writeString(root.resolve("conf/secret.json.bak-20261121-120000"), "an old secret");
        try (TreeStore store = open(root)) {
            assertThat(names(scan(store))).containsExactly("conf/other.txt");
            assertRefused(store, "conf/secret.json.bak-1");
            assertThat(store.guarded(RelativePath.of("conf/secret.json.old"))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"conf/SECRET.json", "CONF/secret.json", "Conf/Secret.JSON.BAK-1"})
    void areRefusedInOtherLetters(String name) throws Exception {
        try (TreeStore store = open(root)) {
            assertRefused(store, name);
        }
    }

    @Test
    void leaveOthersOfTheirNameAlone() throws Exception {
        Files.writeString(root.resolve("secret.json"), "mine");
        try (TreeStore store = open(root)) {
            assertThat(names(scan(store))).containsExactly("conf/other.txt", "secret.json");
            assertThat(store.guarded(RelativePath.of("secret.json"))).isEmpty();
            try (IncomingFile incoming = store.receive(RelativePath.of("conf/deeper/secret.json"), Optional.empty())) {
                incoming.commit(TIME);
            }
        }
        assertThat(root.resolve("conf/deeper/secret.json")).exists();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void areKnownThroughLinksThatLeadToThem() throws Exception {
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        Path link = Files.createSymbolicLink(elsewhere.resolve("link.json"), secret);
        Path way = Files.createSymbolicLink(elsewhere.resolve("way"), root.resolve("conf"));

        for (Path named : List.of(link, way.resolve("secret.json"))) {
            try (TreeStore store = open(root, new GuardedFiles(List.of(named), List.of(), WHY))) {
                assertThat(names(scan(store))).containsExactly("conf/other.txt");
                assertRefused(store, "conf/secret.json");
            }
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void areNotListedUnderASecondNameEither() throws Exception {
        Path outside = Files.createFile(temp.toRealPath().resolve("key.pem"));
        Files.createLink(root.resolve("second.pem"), outside);
        Files.createLink(root.resolve("second.json"), secret);

        try (TreeStore store = open(root, new GuardedFiles(List.of(secret, outside), List.of(), WHY))) {
            assertThat(names(scan(store))).containsExactly("conf/other.txt");
        }
    }

    @Test
    void areKnownOnADiskThatFoldsCaseAndForms() throws Exception {
        try (FileSystem mac = Jimfs.newFileSystem(Configuration.osX().toBuilder()
                .setAttributeViews("basic", "owner", "posix", "unix")
                .build())) {
            Path directory = Files.createDirectories(mac.getPath("/Users/me/Sync/Caf\u00e9"));
            Path file = Files.writeString(directory.resolve("secret.json"), "secret");
            GuardedFiles written =
                    new GuardedFiles(List.of(mac.getPath("/users/me/sync/CAFE\u0301/Secret.json")), List.of(), WHY);

            try (TreeStore store = open(directory.getParent().toRealPath(), written)) {
                assertThat(names(scan(store))).isEmpty();
                assertRefused(store, "Caf\u00e9/secret.json");
                assertRefused(store, "cafe\u0301/SECRET.json");
            }
            assertThat(file).hasContent("secret");
        }
    }

    @Test
    void areNoneOfADirectoryThatHoldsNone() throws Exception {
        Path other = Files.createDirectory(temp.toRealPath().resolve("other"));
        Files.writeString(other.resolve("secret.json"), "of another program");

        try (TreeStore store = open(other)) {
            assertThat(names(scan(store))).containsExactly("secret.json");
            assertThat(scan(store).skipped()).isEmpty();
        }
        assertThat(guarded.in(other)).isEmpty();
    }

    @Test
    void areTold() throws Exception {
        Path missing = root.resolve("missing.pem");
        GuardedFiles both = new GuardedFiles(List.of(secret, missing), List.of(), WHY);

        assertThat(both.in(root)).containsExactly(secret);
        assertThat(both.in(root.resolve("conf"))).containsExactly(secret);
        assertThat(both.in(temp.toRealPath())).containsExactly(secret);
    }

    @AfterEach
    void secretsAreAsTheyWere() throws IOException {
        assertThat(Files.notExists(secret) || Files.readString(secret).equals("secret"))
                .isTrue();
    }
}
