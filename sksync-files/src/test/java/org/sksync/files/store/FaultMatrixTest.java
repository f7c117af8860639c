package org.sksync.files.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.RelativePath;
import org.sksync.files.path.ResolvedRoot;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.ScanDepth;
import org.sksync.testkit.faults.DiskCall;
import org.sksync.testkit.faults.DiskError;
import org.sksync.testkit.faults.FaultyDisk;

/**
 * Every call into the disk fails, one after the other, with every error: what a store does is done again and again, each
 * time with the next call failing, until nothing fails any more.
 */
class FaultMatrixTest {
    private static final long TIME = 1_234_567_890_000L;
    private static final Instant NOW = Instant.parse("2026-11-20T15:30:00Z");
    private static final KeepReplaced KEEP = new KeepReplaced(Duration.ofDays(30), Long.MAX_VALUE);
    private static final String DEAD = "0123456789abcdef0123456789abcdef";
    private static final String KEPT = ".sksync/replaced/2026-01-01T00-00-00Z";
    private static final Set<DiskCall> ALL = EnumSet.allOf(DiskCall.class);

    private final PathLocks locks = new PathLocks();
    private final SecureRandom random = new SecureRandom();
    private Durability durability = Durability.BATCH;
    private Forcing forcing = Forcing.IN_TURN;
    private long faults;

    /** What is done on the failing disk. */
    enum Work {
        RECEIVE_NEW {
            @Override
            void run(FaultMatrixTest test, Path root) throws Exception {
                test.receive(ResolvedRoot.of(root), "new", Optional.empty());
            }
        },
        RECEIVE_IN_NEW_DIRECTORIES {
            @Override
            void run(FaultMatrixTest test, Path root) throws Exception {
                test.receive(ResolvedRoot.of(root), "n1/n2/n3/n4/n5/new", Optional.empty());
            }
        },
        RECEIVE_BELOW_A_LISTED_DIRECTORY {
            @Override
            void run(FaultMatrixTest test, Path root) throws Exception {
                ResolvedRoot below = new ResolvedRoot(root, root.resolve("dir"), false);
                test.receive(below, "new", Optional.empty());
            }
        },
        RECEIVE_TOGETHER {
            @Override
            void run(FaultMatrixTest test, Path root) throws Exception {
                test.receiveTogether(ResolvedRoot.of(root));
            }
        },
        REPLACE {
            @Override
            void run(FaultMatrixTest test, Path root) throws Exception {
                FileEntry listed = new FileEntry(RelativePath.of("dir/a"), TIME, 3);
                test.receive(ResolvedRoot.of(root), "dir/a", Optional.of(listed));
            }
        },
        SCAN {
            @Override
            void run(FaultMatrixTest test, Path root) throws Exception {
                try (TreeStore store = test.open(ResolvedRoot.of(root))) {
                    var result = store.scan(ScanDepth.TREE, ExcludeFilter.none());
                    assertThat(result.files().size() + result.skipped().size()).isPositive();
                }
            }
        },
        SEND {
            @Override
            void run(FaultMatrixTest test, Path root) throws Exception {
                try (TreeStore store = test.open(ResolvedRoot.of(root));
                        OutgoingFile file = store.openForSending(RelativePath.of("dir/a"))) {
                    ByteBuffer bytes = ByteBuffer.allocate(100);
                    while (file.read(bytes) >= 0) {}
                    if (file.unchanged()) {
                        assertThat(UTF_8.decode(bytes.flip()).toString()).isEqualTo("old");
                    }
                }
            }
        },
        LIST_VERSIONS {
            @Override
            void run(FaultMatrixTest test, Path root) throws Exception {
                assertThat(test.replaced(root).list(Optional.empty())).hasSize(2);
            }
        },
        RESTORE {
            @Override
            void run(FaultMatrixTest test, Path root) throws Exception {
                RelativePath path = RelativePath.of("dir/a");
                test.replaced(root)
                        .restore(
                                new ReplacedVersion(
                                        path, Instant.parse("2026-01-01T00:00:00Z"), 5, TIME, "2026-01-01T00-00-00Z"),
                                TIME + 9000,
                                RestoredTime.GIVEN);
            }
        },
        PRUNE {
            @Override
            void run(FaultMatrixTest test, Path root) throws Exception {
                test.replaced(root).prune(KEEP, NOW);
            }
        },
        TIDY {
            @Override
            void run(FaultMatrixTest test, Path root) throws Exception {
                Tidying.tidy(root, ScanDepth.TREE, test.locks, KeepReplaced.OFF, NOW, () -> false);
            }
        };

        /** Does it, below a directory of the failing disk. */
        abstract void run(FaultMatrixTest test, Path root) throws Exception;
    }

    private TreeStore open(ResolvedRoot root) throws IOException {
        return TreeStore.open(
                root,
                PlatformNames.of(root.directory().getFileSystem()),
                GuardedFiles.NONE,
                locks,
                random,
                Clock.fixed(NOW, ZoneOffset.UTC),
                TimeErrors.FAIL,
                KEEP,
                durability,
                forcing);
    }

    private ReplacedFiles replaced(Path root) {
        return ReplacedFiles.of(
                ResolvedRoot.of(root),
                PlatformNames.of(root.getFileSystem()),
                locks,
                random,
                Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private void receive(ResolvedRoot root, String name, Optional<FileEntry> expected) throws Exception {
        try (TreeStore store = open(root)) {
            RelativePath path = RelativePath.of(name);
            try (IncomingFile file = store.receive(path, expected)) {
                file.write(ByteBuffer.wrap("new content".getBytes(UTF_8)));
                file.commit(TIME + 5000);
            } catch (IOException e) {
                assertThat(store.skipped(path, e).detail()).isNotBlank();
                throw e;
            }
            store.makeDurable();
        }
    }

    /** Receives two files and commits both at once; the first failure of any is thrown. */
    private void receiveTogether(ResolvedRoot root) throws Exception {
        try (TreeStore store = open(root)) {
            List<ArrivedFile> arrived = new ArrayList<>();
            Failures failures = new Failures();
            FileEntry listed = new FileEntry(RelativePath.of("dir/a"), TIME, 3);
            failures.run(() -> arrived.add(receiveWhole(store, "n1/new", Optional.empty())));
            failures.run(() -> arrived.add(receiveWhole(store, "dir/a", Optional.of(listed))));
            store.commit(arrived);
            arrived.forEach(file -> failures.run(file::result));
            failures.run(store::makeDurable);
            failures.rethrow();
        }
    }

    private static ArrivedFile receiveWhole(TreeStore store, String name, Optional<FileEntry> expected)
            throws IOException {
        List<ByteBuffer> content =
                List.of(ByteBuffer.wrap("new ".getBytes(UTF_8)), ByteBuffer.wrap("content".getBytes(UTF_8)));
        return store.receiveWhole(path(name), expected, content, TIME + 5000);
    }

    private static RelativePath path(String name) {
        try {
            return RelativePath.of(name);
        } catch (PathRefusedException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesWholeFilesWhateverFailsOnADiskWithHandles(Work work, TestReporter reporter) throws Exception {
        try (FileSystem disk = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setAttributeViews("basic", "owner", "posix", "unix")
                .build())) {
            for (Durability each : Durability.values()) {
                durability = each;
                failEverything(work, disk.getPath("/srv/" + each), EnumSet.allOf(DiskError.class));
            }
        }
        reporter.publishEntry("faults", Long.toString(faults));
    }

    /** Files are closed until they are forced where a whole disk may be written out at a stroke. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.MATCH_ANY, names = "RE.*")
    void leavesWholeFilesWhateverFailsWhereTheyAreOpenedAnewToBeForced(Work work) throws Exception {
        forcing = Forcing.by(directory -> {});
        try (FileSystem disk = Jimfs.newFileSystem(Configuration.unix().toBuilder()
                .setAttributeViews("basic", "owner", "posix", "unix")
                .build())) {
            failEverything(work, disk.getPath("/srv"), EnumSet.allOf(DiskError.class));
        }
    }

    @ParameterizedTest
    @EnumSource
    void leavesWholeFilesWhateverFailsOnADiskWithoutHandles(Work work, TestReporter reporter) throws Exception {
        try (FileSystem disk = Jimfs.newFileSystem(Configuration.osX().toBuilder()
                .setAttributeViews("basic", "owner", "posix", "unix")
                .build())) {
            failEverything(work, disk.getPath("/srv"), EnumSet.of(DiskError.EIO, DiskError.EACCES));
        }
        reporter.publishEntry("faults", Long.toString(faults));
    }

    @ParameterizedTest
    @EnumSource
    void leavesWholeFilesWhateverFailsOnThisDisk(Work work, TestReporter reporter, @TempDir Path temp)
            throws Exception {
        failEverything(work, temp.toRealPath(), EnumSet.of(DiskError.EIO));
        reporter.publishEntry("faults", Long.toString(faults));
    }

    private void failEverything(Work work, Path top, Set<DiskError> errors) throws Exception {
        int run = 0;
        for (DiskError error : errors) {
            for (FaultyDisk.Span span : FaultyDisk.Span.values()) {
                long failed = 1;
                for (long nth = 1; failed > 0; nth++) {
                    Path root = createTree(top.resolve("run" + run++));
                    failed = fail(work, root, nth, error, span);
                    faults += failed;
                }
            }
        }
        assertThat(faults).isPositive();
    }

    private static Path createTree(Path root) throws IOException {
        write(root.resolve("dir/a"), "old");
        write(root.resolve("dir/sub/b"), "old");
        write(root.resolve(KEPT).resolve("dir/a"), "older");
        write(root.resolve(KEPT).resolve("c"), "older");
        for (String staging : List.of(".sksync/", "dir/sub/.sksync/")) {
            write(root.resolve(staging + DEAD + ".lock"), "");
            write(root.resolve(staging + DEAD + "-" + "0".repeat(32) + ".part"), "torn");
        }
        return root;
    }

    private static void write(Path file, String content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(TIME));
    }

    private long fail(Work work, Path root, long nth, DiskError error, FaultyDisk.Span span) throws Exception {
        FaultyDisk disk = new FaultyDisk(root.getFileSystem());
        Path failing = disk.on(root);
        boolean done = false;
        String what = work + ", call " + nth + ", " + error + ", " + span;
        disk.fail(ALL, nth, error, span);
        try {
            work.run(this, failing);
            done = true;
        } catch (IOException e) {
            assertThat(DiskProblem.describe(e)).as(what).isNotBlank();
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError(what + ": " + disk.failed(), e);
        }
        long failures = disk.heal();
        what += ": " + disk.failed();

        assertThat(disk.openHandles()).as(what).isZero();
        assertThat(Files.readString(root.resolve("dir/sub/b"))).as(what).isEqualTo("old");
        checkTarget(work, root, done, what);
        try (TreeStore store = open(ResolvedRoot.of(root));
                IncomingFile next = store.receive(RelativePath.of("next"), Optional.empty())) {
            next.commit(TIME);
        }
        for (String directory : List.of("dir/", "dir/sub/")) {
            if (Files.exists(root.resolve(directory + ".sksync"))) {
                Tidying.tidy(root.resolve(directory), ScanDepth.TREE, locks, KeepReplaced.OFF, NOW, () -> false);
                assertThat(root.resolve(directory + ".sksync")).as(what).doesNotExist();
            }
        }
        if (Files.exists(root.resolve(".sksync"))) {
            try (Stream<Path> left = Files.list(root.resolve(".sksync"))) {
                assertThat(left.map(path -> path.getFileName().toString()))
                        .as(what)
                        .containsExactly("replaced");
            }
        }
        return failures;
    }

    private static void checkTarget(Work work, Path root, boolean done, String what) throws IOException {
        switch (work) {
            case RECEIVE_NEW -> checkNew(root.resolve("new"), done, what);
            case RECEIVE_IN_NEW_DIRECTORIES -> checkNew(root.resolve("n1/n2/n3/n4/n5/new"), done, what);
            case RECEIVE_TOGETHER -> {
                checkNew(root.resolve("n1/new"), done, what);
                checkReplaced(root, "new content", done, what);
            }
            case RECEIVE_BELOW_A_LISTED_DIRECTORY -> checkNew(root.resolve("dir/new"), done, what);
            case REPLACE -> checkReplaced(root, "new content", done, what);
            case RESTORE -> checkReplaced(root, "older", done, what);
            case SCAN, SEND, LIST_VERSIONS, PRUNE, TIDY ->
                assertThat(root.resolve("dir/a")).as(what).hasContent("old");
        }
    }

    private static void checkNew(Path file, boolean done, String what) throws IOException {
        if (done || Files.exists(file)) {
            assertThat(file).as(what).hasContent("new content");
        }
    }

    private static void checkReplaced(Path root, String replacement, boolean done, String what) throws IOException {
        String now = Files.readString(root.resolve("dir/a"));
        assertThat(now).as(what).isIn("old", replacement);
        if (done || now.equals(replacement)) {
            assertThat(now).as(what).isEqualTo(replacement);
            assertThat(root.resolve(".sksync/replaced/2026-11-20T15-30-00Z/dir/a"))
                    .as(what)
                    .hasContent("old");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"new/file", "new/below/file", "dir/new/below/file"})
    void storesAFileThoughADirectoryMadeForItIsReplacedByAnother(String path, @TempDir Path temp) throws Exception {
        Path root = createTree(temp.toRealPath());
        FaultyDisk disk = new FaultyDisk(FileSystems.getDefault());
        RelativePath file = RelativePath.of(path);
        int made =
                path.startsWith("dir/") ? file.parts().size() - 2 : file.parts().size() - 1;
        try (TreeStore store = open(ResolvedRoot.of(disk.on(root)));
                IncomingFile incoming = store.receive(file, Optional.empty())) {
            incoming.write(ByteBuffer.wrap("content".getBytes(UTF_8)));
            // What another session does that found the directory missing a moment earlier: a rename over the empty one.
            disk.before(EnumSet.of(DiskCall.MOVE), made + 1, () -> {
                Path parent = root.resolve(path).getParent();
                Files.move(
                        Files.createDirectory(root.resolve("other")),
                        parent,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            });

            assertThat(incoming.commit(TIME)).isEqualTo(CommitResult.STORED);
        }

        assertThat(root.resolve(path)).hasContent("content");
    }

    @Test
    void neverStoresWhatCouldNotBeForcedAndNeverForcesItAgain(@TempDir Path temp) throws Exception {
        Path root = createTree(temp.toRealPath());
        FaultyDisk disk = new FaultyDisk(FileSystems.getDefault());
        Optional<FileEntry> listed = Optional.of(new FileEntry(RelativePath.of("dir/a"), TIME, 3));
        try (TreeStore store = open(ResolvedRoot.of(disk.on(root)));
                IncomingFile file = store.receive(RelativePath.of("dir/a"), listed)) {
            disk.fail(EnumSet.of(DiskCall.FORCE), 1, DiskError.EIO, FaultyDisk.Span.ONE_CALL);
            file.write(ByteBuffer.wrap("new".getBytes(UTF_8)));

            assertThat(catchIo(() -> file.commit(TIME + 5000))).hasValue("Input/output error");
            assertThat(catchIo(() -> file.commit(TIME + 5000))).isPresent();
        }

        assertThat(root.resolve("dir/a")).hasContent("old");
        assertThat(root.resolve(".sksync/replaced/2026-11-20T15-30-00Z")).doesNotExist();
    }

    private static Optional<String> catchIo(Failures.Step step) {
        try {
            step.run();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(DiskProblem.describe(e));
        }
    }
}
