package org.sksync.files.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.path.AllowedRoots;
import org.sksync.files.path.OutsidePolicy;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.RelativePath;
import org.sksync.files.path.ResolvedRoot;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.ScanDepth;

/**
 * A user of this machine who may write into the tree swaps a directory for a link that leads out of it, and back, as
 * fast as the disk lets him. {@code -Dsksync.race.attempts} and {@code -Dsksync.race.flips} make the run longer; both
 * are reached before it ends.
 */
@EnabledOnOs(OS.LINUX)
class SymlinkRaceTest {
    private static final long ATTEMPTS = Long.getLong("sksync.race.attempts", 1200);
    private static final long FLIPS = Long.getLong("sksync.race.flips", 2000);
    private static final int MOST_LINGERING = 4_000;
    private static final int NAIVE_ATTEMPTS = 10_000;
    private static final String SECRET = "secret";
    private static final long TIME = 1_234_567_890_000L;

    @TempDir
    Path temp;

    private final Random pace = new Random(1);
    private final AtomicLong flips = new AtomicLong();
    private final AtomicInteger taken = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();
    private final ExecutorService attacker = Executors.newSingleThreadExecutor();
    private Future<?> attack;
    private Path root;
    private Path outside;
    private Path made;
    private Map<String, String> before;
    private long attempts;
    private long successes;

    @BeforeEach
    void createTrees() throws Exception {
        root = Files.createDirectories(temp.resolve("root")).toRealPath();
        outside = Files.createDirectories(temp.resolve("outside/below")).getParent();
        made = Files.createDirectories(temp.resolve("made"));
        Files.createDirectories(root.resolve("d/below"));
        for (String name : List.of("file", "below/file", "replaced")) {
            Files.writeString(root.resolve("d").resolve(name), "inside");
            Files.writeString(outside.resolve(name), SECRET);
            Files.setLastModifiedTime(root.resolve("d").resolve(name), FileTime.fromMillis(TIME));
            Files.setLastModifiedTime(outside.resolve(name), FileTime.fromMillis(TIME));
        }
        Files.writeString(outside.resolve("only-outside"), SECRET);
        before = photograph(outside);
        Files.createSymbolicLink(root.resolve("link"), outside);
        attack = attacker.submit(() -> {
            while (!over.get()) {
                rename("d", "d.away");
                rename("link", "d");
                flips.incrementAndGet();
                rename("d", "link");
                rename("d.away", "d");
                flips.incrementAndGet();
                linger();
            }
            return null;
        });
    }

    /** Leaves the directory in its place for as long as some of the work takes, and all of it now and then. */
    private void linger() {
        for (int left = pace.nextInt(MOST_LINGERING); left > 0; left--) {
            Thread.onSpinWait();
        }
    }

    private void rename(String from, String to) throws IOException {
        while (true) {
            try {
                Files.move(root.resolve(from), root.resolve(to), StandardCopyOption.ATOMIC_MOVE);
                return;
            } catch (FileSystemException e) {
                // While the directory was away, the store has made a new one for what it received.
                Files.move(
                        root.resolve(to),
                        made.resolve(Integer.toString(taken.incrementAndGet())),
                        StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    @AfterEach
    void endAttack() throws Exception {
        over.set(true);
        attack.get();
        attacker.shutdownNow();
    }

    @Test
    void nothingOutsideIsReadOrWritten(TestReporter reporter) throws Exception {
        TreeStore store = TreeStore.open(
                ResolvedRoot.of(root),
                PlatformNames.current(),
                GuardedFiles.NONE,
                new PathLocks(),
                new SecureRandom(),
                Clock.systemUTC(),
                TimeErrors.FAIL,
                new KeepReplaced(Duration.ofDays(1), Long.MAX_VALUE),
                Durability.BATCH,
                Forcing.IN_TURN);
        try {
            while (attempts < ATTEMPTS || flips.get() < FLIPS) {
                String name = attempts % 2 == 0 ? "d/file" : "d/below/file";
                attempt(() -> send(store, name));
                attempt(() -> receive(store, "d/new" + attempts % 500));
                attempt(() -> receive(store, "d/below/new" + attempts % 500));
                attempt(() -> replace(store));
                if (attempts % 7 == 0) {
                    attempt(() -> receive(store, "d/made" + attempts % 50 + "/deep/new"));
                    attempt(store::makeDurable);
                    attempt(() -> scan(store));
                }
            }
            endAttack();
        } finally {
            attempt(store::close);
        }

        report(reporter);
        assertThat(successes).isPositive();
        assertThat(photograph(outside)).isEqualTo(before);
        try (Stream<Path> kept = Files.walk(root.resolve(RelativePath.STAGING_NAME))) {
            assertThat(kept.filter(Files::isRegularFile))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(file).content().isNotEqualTo(SECRET));
        }
    }

    @Test
    void aRequestedDirectoryIsNotSwappedBeforeItIsOpened(TestReporter reporter) throws Exception {
        AllowedRoots roots = AllowedRoots.of(List.of(root.toString()), OutsidePolicy.DENY);
        while (attempts < ATTEMPTS / 3 || flips.get() < FLIPS / 3) {
            attempt(() -> {
                try (TreeStore store = open(roots)) {
                    scan(store);
                    send(store, "file");
                    receive(store, "new" + attempts % 500);
                }
            });
        }
        endAttack();

        report(reporter);
        assertThat(successes).isPositive();
        assertThat(photograph(outside)).isEqualTo(before);
    }

    @Test
    void thisRaceCatchesALookThatIsFollowedByAUse() throws Exception {
        int naive = 0;
        while (photograph(outside).equals(before)) {
            assertThat(++naive).as("attempts of the naive writer").isLessThan(NAIVE_ATTEMPTS);
            Path directory = root.resolve("d");
            if (Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
                awaitFlip();
                try {
                    Files.writeString(directory.resolve("escaped"), "x");
                } catch (IOException e) {
                    // Nothing has this name between the two renames of a flip.
                    attempts++;
                }
            }
        }

        assertThat(outside.resolve("escaped")).hasContent("x");
    }

    private void awaitFlip() {
        long seen = flips.get();
        while (flips.get() == seen && !attack.isDone()) {
            Thread.onSpinWait();
        }
    }

    /** What may fail, and must not do harm. */
    private interface Attempt {
        void run() throws Exception;
    }

    private void attempt(Attempt work) throws Exception {
        attempts++;
        try {
            work.run();
            successes++;
        } catch (IOException e) {
            // The directory is away, or a link, or was changed: all of that is to be expected here.
            assertThat(DiskProblem.describe(e)).isNotBlank();
        }
    }

    private TreeStore open(AllowedRoots roots) throws IOException {
        try {
            ResolvedRoot resolved = roots.resolve(root.resolve("d").toString());
            return TreeStore.open(
                    resolved, PlatformNames.current(), new PathLocks(), new SecureRandom(), TimeErrors.FAIL);
        } catch (PathRefusedException e) {
            throw new IOException(e);
        }
    }

    private static void send(TreeStore store, String name) throws Exception {
        try (OutgoingFile file = store.openForSending(RelativePath.of(name))) {
            ByteBuffer bytes = ByteBuffer.allocate(100);
            while (file.read(bytes) >= 0) {}
            if (UTF_8.decode(bytes.flip()).toString().equals(SECRET)) {
                fail("sent from outside: " + name);
            }
        }
    }

    private static void receive(TreeStore store, String name) throws Exception {
        RelativePath path = RelativePath.of(name);
        try (IncomingFile file = store.receive(path, Optional.empty())) {
            file.write(ByteBuffer.wrap("new".getBytes(UTF_8)));
            file.commit(TIME);
        }
    }

    /** Replaces a file that is known by its time and length, both inside and outside. */
    private static void replace(TreeStore store) throws Exception {
        RelativePath path = RelativePath.of("d/replaced");
        try (IncomingFile file = store.receive(path, Optional.of(new FileEntry(path, TIME, SECRET.length())))) {
            file.write(ByteBuffer.wrap("inside".getBytes(UTF_8)));
            file.commit(TIME);
        }
    }

    private static void scan(TreeStore store) throws IOException {
        store.scan(ScanDepth.TREE, ExcludeFilter.none()).files().entries().forEach(entry -> {
            if (entry.path().name().equals("only-outside")) {
                fail("listed from outside: " + entry.path());
            }
        });
    }

    private void report(TestReporter reporter) {
        reporter.publishEntry(Map.of(
                "attempts", Long.toString(attempts),
                "went through", Long.toString(successes),
                "flips", flips.toString()));
    }

    /** Returns all there is to see of a tree from outside of it. */
    private static Map<String, String> photograph(Path tree) {
        Map<String, String> seen = new TreeMap<>();
        try (Stream<Path> entries = Files.walk(tree)) {
            for (Path entry : entries.toList()) {
                BasicFileAttributes found =
                        Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
                seen.put(
                        tree.relativize(entry).toString(),
                        found.size() + " " + found.lastModifiedTime() + " " + found.fileKey() + " "
                                + Files.getPosixFilePermissions(entry));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return seen;
    }
}
