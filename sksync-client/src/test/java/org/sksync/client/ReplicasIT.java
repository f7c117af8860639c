package org.sksync.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.client.report.SyncListener;
import org.sksync.client.report.SyncReport;
import org.sksync.protocol.message.ProtocolLevel;
import org.sksync.protocol.message.Recursion;
import org.sksync.protocol.message.SyncType;
import org.sksync.server.SkSyncServer;
import org.sksync.testkit.NoLeaks;
import org.sksync.testkit.TreeFile;
import org.sksync.testkit.TreeFixture;

/**
 * A server's tree and those of two clients, changed at random and synced in random ways through real sessions. After
 * each sync: every file is one that somebody wrote, whole; what a side had it has still, or a newer one of the other
 * side in its place; what had to travel has travelled; nothing stray is left; and the same sync again moves nothing but
 * what finds a directory where it would be, or a file where its directory would be.
 *
 * <p>{@code -Dsksync.steps=N} sets how many steps there are, {@code -Dsksync.seed=N} the seed.
 */
@ExtendWith(NoLeaks.class)
final class ReplicasIT {
    private static final int STEPS = Integer.getInteger("sksync.steps", 300);
    private static final long SEED =
            Optional.ofNullable(Long.getLong("sksync.seed")).orElseGet(() -> new Random().nextLong());
    private static final long NOW_MILLIS = 1_400_000_000_000L;
    private static final int MOST_BYTES = 70_000;
    private static final String STAGING = ".sksync/";
    private static final String REPLACED = ".sksync/replaced/";
    private static final List<String> NAMES = List.of(
            "a",
            "a/b",
            "a/b/c",
            "A",
            "notes.txt",
            "-rf *?[x]",
            " leading and trailing ",
            "café €",
            "e\u0301",
            "日本語/русский",
            "👩\u200d💻",
            "sub/dir/file");
    /** What only some disks can hold; it stays where it is. */
    private static final List<String> UNSTORABLE = List.of("back\\slash", "bell\u0007", "line\nfeed", "sub/\u001b[2J");

    private record Tree(SortedMap<String, TreeFile> files, Set<String> others) {
        boolean bars(String name) {
            boolean barred = others.contains(name);
            for (int slash = name.indexOf('/'); slash >= 0; slash = name.indexOf('/', slash + 1)) {
                barred |= files.containsKey(name.substring(0, slash));
            }
            return barred;
        }
    }

    private final Random random = new Random(SEED);
    private final Set<String> written = new HashSet<>();
    private final List<Path> replicas = new ArrayList<>();
    private final List<String> history = new ArrayList<>();

    @Test
    void loseNothingNewAndSettleAtOnce(@TempDir Path temp) throws Exception {
        Path base = temp.toRealPath();
        for (String name : List.of("server", "client1", "client2")) {
            replicas.add(Files.createDirectory(base.resolve(name)));
        }
        try (SkSyncServer server = TestDaemon.open(base);
                SkSyncClient client = new SkSyncClient()) {
            for (int i = 0; i < STEPS; i++) {
                if (random.nextInt(3) == 0) {
                    sync(server, client);
                } else {
                    change(pick(replicas));
                }
            }
        } catch (Exception | AssertionError e) {
            throw new AssertionError(
                    "repeat with -Dsksync.seed=" + SEED + " -Dsksync.steps=" + STEPS + "; the last steps:\n  "
                            + String.join("\n  ", history.subList(Math.max(0, history.size() - 20), history.size())),
                    e);
        }
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    private void change(Path replica) throws IOException {
        String name = pick(random.nextInt(10) == 0 ? UNSTORABLE : NAMES);
        Path file = replica.resolve(name);
        int choice = random.nextInt(10);
        history.add(replica.getFileName() + " change " + choice + " " + name.replace('\n', ' '));
        boolean there = Files.isRegularFile(file, NOFOLLOW_LINKS);
        switch (choice) {
            case 0 -> deleteAll(file);
            case 1 -> {
                Path other = replica.resolve(pick(NAMES));
                if (there && !other.startsWith(file) && !Files.isDirectory(other)) {
                    makeRoom(replica, other);
                    Files.move(file, other, StandardCopyOption.REPLACE_EXISTING);
                }
            }
            case 2 -> {
                if (there) {
                    long shift = random.nextInt(4001) - 2000L;
                    long time = Files.getLastModifiedTime(file).toMillis() + shift;
                    Files.setLastModifiedTime(file, FileTime.fromMillis(time));
                }
            }
            case 3 -> {
                deleteAll(file);
                makeRoom(replica, file.resolve("inside"));
                write(file.resolve("inside"), time());
            }
            case 4 -> {
                if (there) {
                    write(file, Files.getLastModifiedTime(file).toMillis());
                }
            }
            default -> {
                if (!Files.isDirectory(file, NOFOLLOW_LINKS)) {
                    makeRoom(replica, file);
                    write(file, time());
                }
            }
        }
    }

    private long time() {
        long farther = random.nextInt(4) == 0 ? random.nextInt() * 100L : 0;
        return NOW_MILLIS + random.nextInt(8001) - 4000 + farther;
    }

    private void write(Path file, long mtimeMillis) throws IOException {
        String content = "write " + written.size() + " of " + file.getFileName() + "|"
                + "x".repeat(random.nextInt(20) == 0 ? random.nextInt(MOST_BYTES) : random.nextInt(100));
        written.add(content);
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(mtimeMillis));
    }

    /** Makes the directories of a file, in place of files where there are some. */
    private static void makeRoom(Path replica, Path file) throws IOException {
        Path parent = file.getParent();
        if (parent.equals(replica)) {
            return;
        }
        makeRoom(replica, parent);
        Files.deleteIfExists(Files.isDirectory(parent, NOFOLLOW_LINKS) ? parent.resolve("no such file") : parent);
        Files.createDirectories(parent);
    }

    private static void deleteAll(Path path) throws IOException {
        if (Files.isDirectory(path, NOFOLLOW_LINKS)) {
            try (var entries = Files.list(path)) {
                for (Path entry : entries.toList()) {
                    deleteAll(entry);
                }
            }
        }
        if (Files.exists(path, NOFOLLOW_LINKS)) {
            Files.delete(path);
        }
    }

    private void sync(SkSyncServer server, SkSyncClient client) throws Exception {
        Path serverRoot = replicas.get(0);
        Path clientRoot = pick(replicas.subList(1, replicas.size()));
        ProtocolLevel level = pick(List.of(ProtocolLevel.values()));
        SyncType type = pick(List.of(SyncType.values()));
        Recursion recursion = random.nextInt(4) == 0 ? Recursion.TOP_LEVEL : Recursion.RECURSIVE;
        Profiles profile = Profiles.of(server.address().getPort(), clientRoot, serverRoot.toString())
                .level(level)
                .type(type)
                .recursion(recursion);
        history.add(clientRoot.getFileName() + " sync " + level + " " + type + " " + recursion);
        Tree serverBefore = read(serverRoot);
        Tree clientBefore = read(clientRoot);

        client.sync(profile.profile(), SyncListener.NONE);

        Tree serverAfter = read(serverRoot);
        Tree clientAfter = read(clientRoot);
        checkWhole(serverRoot);
        checkWhole(clientRoot);
        assertThat(serverAfter.files())
                .isEqualTo(expected(serverBefore, clientBefore, type.toServer(), level, type, recursion));
        assertThat(clientAfter.files())
                .isEqualTo(expected(clientBefore, serverBefore, type.fromServer(), level, type, recursion));
        checkReplaced(serverRoot, serverBefore, serverAfter);
        checkReplaced(clientRoot, clientBefore, clientAfter);

        SyncReport second = client.sync(profile.profile(), SyncListener.NONE);

        assertThat(second.sentFiles())
                .as("files sent by a second sync, but for those that find their way barred each time")
                .isEqualTo(travelling(serverAfter, clientAfter, type.toServer(), level, type, recursion)
                        .size());
        assertThat(second.receivedFiles()).as("files received by a second sync").isZero();
        assertThat(read(serverRoot).files()).isEqualTo(serverAfter.files());
        assertThat(read(clientRoot).files()).isEqualTo(clientAfter.files());
    }

    private static Tree read(Path root) throws IOException {
        SortedMap<String, TreeFile> files = new TreeMap<>(TreeFixture.read(root));
        files.keySet().removeIf(name -> name.startsWith(STAGING));
        return new Tree(files, TreeFixture.others(root));
    }

    /** What a tree is after a sync: nothing that had its way barred was stored. */
    private static SortedMap<String, TreeFile> expected(
            Tree own, Tree other, boolean receives, ProtocolLevel level, SyncType type, Recursion recursion) {
        SortedMap<String, TreeFile> expected = new TreeMap<>(own.files());
        travelling(own, other, receives, level, type, recursion).forEach((name, file) -> {
            if (!own.bars(name)) {
                expected.put(name, file);
            }
        });
        return expected;
    }

    /** The rules of the protocol, name by name: a missing file travels, and a newer one where times are used. */
    private static SortedMap<String, TreeFile> travelling(
            Tree own, Tree other, boolean receives, ProtocolLevel level, SyncType type, Recursion recursion) {
        SortedMap<String, TreeFile> travelling = new TreeMap<>();
        other.files().forEach((name, theirs) -> {
            boolean takesPart = receives
                    && level.canCarry(name)
                    && isStorable(name)
                    && (recursion == Recursion.RECURSIVE || !name.contains("/"));
            TreeFile mine = own.files().get(name);
            if (takesPart && (mine == null || (type.usesTimes() && theirs.mtimeSeconds() > mine.mtimeSeconds()))) {
                travelling.put(name, theirs);
            }
        });
        return travelling;
    }

    private static boolean isStorable(String name) {
        return name.indexOf('\\') < 0 && name.chars().noneMatch(Character::isISOControl);
    }

    /** Every file of the tree is one that was written, and nothing lies in it but kept versions. */
    private void checkWhole(Path root) throws IOException {
        TreeFixture.read(root).forEach((name, file) -> {
            assertThat(written.contains(new String(file.content(), UTF_8)))
                    .as("%s in %s is whole", name, root.getFileName())
                    .isTrue();
            assertThat(!name.startsWith(STAGING) || name.startsWith(REPLACED))
                    .as("%s has a place in %s", name, root.getFileName())
                    .isTrue();
        });
    }

    /** Where replaced versions are kept, each of them is. */
    private static void checkReplaced(Path root, Tree before, Tree after) throws IOException {
        if (!Files.isDirectory(root.resolve(REPLACED))) {
            return;
        }
        Set<TreeFile> kept = new HashSet<>();
        TreeFixture.read(root.resolve(REPLACED)).values().forEach(file -> kept.add(file.at(0)));
        before.files().forEach((name, file) -> {
            if (!file.equals(after.files().get(name))) {
                assertThat(kept.contains(file.at(0))).as("%s is kept", name).isTrue();
            }
        });
    }
}
