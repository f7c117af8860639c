package org.sksync.files.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.FileTime;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.RelativePath;
import org.sksync.files.path.ResolvedRoot;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.FileListing;
import org.sksync.files.scan.ScanDepth;
import org.sksync.files.scan.ScanResult;
import org.sksync.files.scan.ScanTooLargeException;
import org.sksync.files.scan.SkipReason;
import org.sksync.files.scan.SkippedFile;

/** What a store promises on every file system; each subclass brings one. */
abstract class TreeStoreContract {
    static final long TIME = 1_234_567_890_000L;

    final PathLocks locks = new PathLocks();
    Path root;
    TreeStore store;

    /** Returns an empty directory on the file system under test. */
    abstract Path createRoot() throws IOException;

    @BeforeEach
    final void openStore() throws IOException {
        root = createRoot().toRealPath();
        store = open();
    }

    @AfterEach
    final void closeStore() throws IOException {
        store.close();
    }

    final TreeStore open() throws IOException {
        return open(TimeErrors.FAIL);
    }

    final TreeStore open(TimeErrors timeErrors) throws IOException {
        return TreeStore.open(root, PlatformNames.of(root.getFileSystem()), locks, new SecureRandom(), timeErrors);
    }

    static RelativePath path(String text) throws Exception {
        return RelativePath.of(text);
    }

    final Path write(String name, String content) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        return Files.setLastModifiedTime(file, FileTime.fromMillis(TIME));
    }

    final List<String> listed(ScanDepth depth, String... excluded) throws IOException {
        return store.scan(depth, ExcludeFilter.of(List.of(excluded))).files().entries().stream()
                .map(entry -> entry.path().text())
                .toList();
    }

    final FileEntry entry(String name) throws Exception {
        return store.scan(ScanDepth.TREE, ExcludeFilter.none())
                .files()
                .find(path(name))
                .orElseThrow();
    }

    final CommitResult receive(String name, Optional<FileEntry> expected, String content, long mtimeMillis)
            throws Exception {
        try (IncomingFile incoming = store.receive(path(name), expected)) {
            incoming.write(ByteBuffer.wrap(content.getBytes(UTF_8)));
            return incoming.commit(mtimeMillis);
        }
    }

    static String readAll(OutgoingFile file) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(1000);
        ByteBuffer small = ByteBuffer.allocate(3);
        while (file.read(small) >= 0) {
            all.put(small.flip());
            small.clear();
        }
        return UTF_8.decode(all.flip()).toString();
    }

    static void assertSkipped(SkipReason reason, ThrowingCallable call) {
        assertThatExceptionOfType(SkippedFileException.class)
                .isThrownBy(call)
                .returns(reason, SkippedFileException::reason);
    }

    final void assertNoTemps() throws IOException {
        try (Stream<Path> entries = Files.list(root)) {
            assertThat(entries.map(entry -> entry.getFileName().toString())).doesNotContain(RelativePath.STAGING_NAME);
        }
    }

    // Listing

    @Test
    void listsRegularFilesWithTimeAndSize() throws Exception {
        write("a.txt", "12345");
        write("dir/sub/b", "");

        assertThat(listed(ScanDepth.TREE)).containsExactly("a.txt", "dir/sub/b");
        assertThat(entry("a.txt")).isEqualTo(new FileEntry(path("a.txt"), TIME, 5));
        assertThat(entry("dir/sub/b")).isEqualTo(new FileEntry(path("dir/sub/b"), TIME, 0));
    }

    @Test
    void listsOnlyTheTopWhenAskedTo() throws Exception {
        write("a.txt", "x");
        write("dir/b", "x");

        assertThat(listed(ScanDepth.TOP_LEVEL)).containsExactly("a.txt");
    }

    @Test
    void listsNothingOfAnEmptyTree() throws Exception {
        Files.createDirectories(root.resolve("empty"));

        assertThat(store.scan(ScanDepth.TREE, ExcludeFilter.none()))
                .returns(0, result -> result.files().size())
                .returns(List.of(), ScanResult::skipped);
    }

    @Test
    void leavesExcludedFilesAndDirectoriesOut() throws Exception {
        write("keep", "x");
        write("a.tmp", "x");
        write("dir/b.tmp", "x");
        write("cache/c", "x");

        assertThat(listed(ScanDepth.TREE, "*.tmp", "cache")).containsExactly("keep");
    }

    @Test
    void neverListsStagingDirectories() throws Exception {
        write(".sksync/left", "x");
        write("dir/.SKSYNC/left", "x");
        write("dir/sub/.sksync", "x");

        assertThat(listed(ScanDepth.TREE)).isEmpty();
    }

    @Test
    void leavesLinksOutAndDoesNotFollowThem() throws Exception {
        write("dir/file", "x");
        Files.createSymbolicLink(root.resolve("file-link"), root.resolve("dir/file"));
        Files.createSymbolicLink(root.resolve("dir-link"), root.resolve("dir"));
        Files.createSymbolicLink(root.resolve("dangling"), root.resolve("none"));
        Files.createSymbolicLink(root.resolve("dir/loop"), root);

        ScanResult result = store.scan(ScanDepth.TREE, ExcludeFilter.none());

        assertThat(result.files().entries()).extracting(e -> e.path().text()).containsExactly("dir/file");
        assertThat(result.skipped()).isEmpty();
    }

    @Test
    void skipsDirectoriesThatAreTooDeep() throws Exception {
        String deepest = String.join("/", Collections.nCopies(PlatformNames.MAX_DEPTH - 1, "d"));
        write(deepest + "/file", "x");
        write(deepest + "/dir/file", "x");

        ScanResult result = store.scan(ScanDepth.TREE, ExcludeFilter.none());

        assertThat(result.files().entries()).extracting(e -> e.path().text()).containsExactly(deepest + "/file");
        assertThat(result.skipped())
                .extracting(SkippedFile::name, SkippedFile::reason)
                .containsExactly(tuple(deepest + "/dir/", SkipReason.NAME));
    }

    @Test
    void refusesAClosedStoreAndARootThatIsNone() throws Exception {
        write("file", "x");
        store.close();

        assertThatExceptionOfType(ClosedChannelException.class)
                .isThrownBy(() -> store.scan(ScanDepth.TREE, ExcludeFilter.none()));
        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> store.openForSending(path("file")));
        assertThatExceptionOfType(ClosedChannelException.class)
                .isThrownBy(() -> store.receive(path("new"), Optional.empty()));
        root = root.resolve("file");
        assertThatExceptionOfType(NotDirectoryException.class).isThrownBy(this::open);
    }

    @Test
    void endsAScanForWhichNoMemoryIsLeft() throws Exception {
        write("dir/a", "x");
        write("dir/b", "x");
        AtomicLong left = new AtomicLong(2 * FileListing.memoryBytes("dir/a"));

        assertThatExceptionOfType(ScanTooLargeException.class)
                .isThrownBy(
                        () -> store.scan(ScanDepth.TREE, ExcludeFilter.none(), bytes -> left.addAndGet(-bytes) >= 0));
        left.set(3 * FileListing.memoryBytes("dir/a"));
        ScanResult whole = store.scan(ScanDepth.TREE, ExcludeFilter.none(), bytes -> left.addAndGet(-bytes) >= 0);
        assertThat(whole.files().size()).isEqualTo(2);
    }

    @Test
    void listsInTheOrderOfThePathsWhereDirectoriesLieBetweenFiles() throws Exception {
        List<String> sorted = List.of("a!", "a-b", "a-c/x", "a.b", "a/b.c", "a/b/c", "a/b0", "a0", "b");
        List<String> written = new ArrayList<>(sorted);
        Collections.reverse(written);
        for (String name : written) {
            write(name, "x");
        }

        assertThat(store.scan(ScanDepth.TREE, ExcludeFilter.none()).files().entries())
                .extracting(e -> e.path().text())
                .containsExactlyElementsOf(sorted);
    }

    private ScanResult scan(BooleanSupplier stopped) throws IOException {
        PlatformNames names = PlatformNames.of(root.getFileSystem());
        try (HeldDirectory held = Disk.of(root.getFileSystem()).hold(root)) {
            return new TreeScanner(
                            names, ScanDepth.TREE, ExcludeFilter.none(), GuardedNames.NONE, stopped, bytes -> true)
                    .scan(held);
        }
    }

    @Test
    void endsAScanWhenTheStoreIsClosed() throws Exception {
        write("a", "x");
        store.close();

        assertThatExceptionOfType(AsynchronousCloseException.class).isThrownBy(() -> scan(store::isStopped));
    }

    @Test
    void endsAScanWhenTheStoreIsCancelled() throws Exception {
        write("a", "x");
        assertThat(scan(store::isStopped).files().size()).isEqualTo(1);

        store.cancel();

        assertThatExceptionOfType(AsynchronousCloseException.class).isThrownBy(() -> scan(store::isStopped));
    }

    @Test
    void endsAScanOfDirectoriesInWhichThereIsNothing() throws Exception {
        for (int i = 0; i < 10; i++) {
            Files.createDirectory(root.resolve("empty" + i));
        }
        AtomicInteger asked = new AtomicInteger();

        assertThatExceptionOfType(AsynchronousCloseException.class)
                .isThrownBy(() -> scan(() -> asked.incrementAndGet() > 11));
        assertThat(asked).hasValue(12);
    }

    @Test
    void doesNothingButCloseOnceCancelled() throws Exception {
        write("old", "x");
        receive("stored", Optional.empty(), "y", TIME);
        IncomingFile incoming = store.receive(path("new"), Optional.empty());

        store.cancel();
        store.cancel();

        assertThatExceptionOfType(ClosedChannelException.class)
                .isThrownBy(() -> store.scan(ScanDepth.TREE, ExcludeFilter.none()));
        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> store.openForSending(path("old")));
        assertThatExceptionOfType(ClosedChannelException.class)
                .isThrownBy(() -> store.receive(path("other"), Optional.empty()));
        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> incoming.commit(TIME));
        store.close();
        assertThat(root.resolve("stored")).hasContent("y");
        assertThat(root.resolve("new")).doesNotExist();
        assertNoTemps();
    }

    // Sending

    @Test
    void sendsAFileAsItWasWhenOpened() throws Exception {
        write("dir/a", "hello world");

        try (OutgoingFile file = store.openForSending(path("dir/a"))) {
            assertThat(file.length()).isEqualTo(11);
            assertThat(file.mtimeMillis()).isEqualTo(TIME);
            assertThat(readAll(file)).isEqualTo("hello world");
            assertThat(file.unchanged()).isTrue();
        }
    }

    @Test
    void sendsNoMoreThanTheLengthOfAFileThatGrows() throws Exception {
        Path file = write("a", "hello");

        try (OutgoingFile outgoing = store.openForSending(path("a"))) {
            Files.writeString(file, "hello, and more");

            assertThat(readAll(outgoing)).isEqualTo("hello");
            assertThat(outgoing.unchanged()).isFalse();
        }
    }

    @Test
    void failsOnAFileThatShrinks() throws Exception {
        Path file = write("a", "hello");

        try (OutgoingFile outgoing = store.openForSending(path("a"))) {
            Files.writeString(file, "he");

            assertThatExceptionOfType(FileChangedException.class).isThrownBy(() -> readAll(outgoing));
        }
    }

    @Test
    void noticesAnotherTimeOrAnotherFile() throws Exception {
        Path file = write("a", "hello");

        try (OutgoingFile outgoing = store.openForSending(path("a"))) {
            Files.setLastModifiedTime(file, FileTime.fromMillis(TIME + 1));
            assertThat(outgoing.unchanged()).isFalse();
            Files.setLastModifiedTime(file, FileTime.fromMillis(TIME));
            assertThat(outgoing.unchanged()).isTrue();
            Files.delete(file);
            assertThat(outgoing.unchanged()).isFalse();
        }
    }

    @Test
    void opensNothingButRegularFilesOfTheTree() throws Exception {
        write("dir/file", "x");
        Files.createSymbolicLink(root.resolve("link"), root.resolve("dir/file"));
        Files.createSymbolicLink(root.resolve("dir-link"), root.resolve("dir"));

        assertSkipped(SkipReason.LINK, () -> store.openForSending(path("link")));
        assertSkipped(SkipReason.LINK, () -> store.openForSending(path("dir-link/file")));
        assertSkipped(SkipReason.NOT_A_FILE, () -> store.openForSending(path("dir")));
        assertSkipped(SkipReason.NOT_A_FILE, () -> store.openForSending(path("dir/file/below")));
        assertSkipped(SkipReason.NAME, () -> store.openForSending(path("dir\\file")));
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> store.openForSending(path("none")));
        assertThatExceptionOfType(NoSuchFileException.class).isThrownBy(() -> store.openForSending(path("none/x")));
    }

    // Receiving

    @Test
    void storesANewFileWithItsTimeAndDirectories() throws Exception {
        assertThat(receive("new/sub/a", Optional.empty(), "hello", TIME)).isEqualTo(CommitResult.STORED);
        store.close();

        assertThat(root.resolve("new/sub/a")).hasContent("hello");
        assertThat(Files.getLastModifiedTime(root.resolve("new/sub/a")).toMillis())
                .isEqualTo(TIME);
        assertNoTemps();
    }

    @Test
    void storesAnEmptyFile() throws Exception {
        receive("empty", Optional.empty(), "", TIME);

        assertThat(root.resolve("empty")).isEmptyFile();
    }

    @Test
    void storesAFileWithTheLongestName() throws Exception {
        String name = "n".repeat(PlatformNames.MAX_PART_BYTES);
        receive(name, Optional.empty(), "x", TIME);

        assertThat(root.resolve(name)).hasContent("x");
    }

    @Test
    void replacesTheExpectedFileAtCommitAndNotBefore() throws Exception {
        write("a", "old");

        try (IncomingFile incoming = store.receive(path("a"), Optional.of(entry("a")))) {
            incoming.write(ByteBuffer.wrap("new content".getBytes(UTF_8)));
            assertThat(root.resolve("a")).hasContent("old");
            incoming.commit(TIME + 5000);
        }

        assertThat(root.resolve("a")).hasContent("new content");
        assertThat(entry("a")).isEqualTo(new FileEntry(path("a"), TIME + 5000, 11));
    }

    @Test
    void leavesTheTreeAloneUntilCommit() throws Exception {
        try (IncomingFile incoming = store.receive(path("dir/a"), Optional.empty())) {
            incoming.write(ByteBuffer.wrap(new byte[10]));

            assertThat(root.resolve("dir")).doesNotExist();
            assertThat(listed(ScanDepth.TREE)).isEmpty();
        }
        store.close();

        assertThat(root).isEmptyDirectory();
    }

    @Test
    void throwsUnfinishedFilesAwayWhenTheStoreIsClosed() throws Exception {
        write("a", "old");
        IncomingFile incoming = store.receive(path("a"), Optional.of(entry("a")));
        incoming.write(ByteBuffer.wrap(new byte[10]));

        store.close();

        assertThat(root.resolve("a")).hasContent("old");
        assertNoTemps();
        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> incoming.commit(TIME));
        assertThat(root.resolve("a")).hasContent("old");
    }

    @Test
    void commitsOnce() throws Exception {
        IncomingFile incoming = store.receive(path("a"), Optional.empty());
        incoming.commit(TIME);
        incoming.close();

        assertThatExceptionOfType(ClosedChannelException.class).isThrownBy(() -> incoming.commit(TIME));
        assertThat(root.resolve("a")).isEmptyFile();
    }

    @Test
    void keepsAFileThatAppearedSinceTheListing() throws Exception {
        try (IncomingFile incoming = store.receive(path("a"), Optional.empty())) {
            write("a", "appeared");

            assertThatExceptionOfType(FileChangedException.class).isThrownBy(() -> incoming.commit(TIME + 5000));
        }
        assertThat(root.resolve("a")).hasContent("appeared");
        assertThatExceptionOfType(FileChangedException.class)
                .isThrownBy(() -> store.receive(path("a"), Optional.empty()));
        store.close();
        assertNoTemps();
    }

    @Test
    void keepsAFileThatChangedSinceTheListing() throws Exception {
        write("size", "old");
        write("time", "old");
        FileEntry size = entry("size");
        FileEntry time = entry("time");
        IncomingFile newSize = store.receive(path("size"), Optional.of(size));
        IncomingFile newTime = store.receive(path("time"), Optional.of(time));
        write("size", "longer");
        Files.setLastModifiedTime(root.resolve("time"), FileTime.fromMillis(TIME + 1));

        assertThatExceptionOfType(FileChangedException.class).isThrownBy(() -> newSize.commit(TIME + 5000));
        assertThatExceptionOfType(FileChangedException.class).isThrownBy(() -> newTime.commit(TIME + 5000));
        assertThatExceptionOfType(FileChangedException.class)
                .isThrownBy(() -> store.receive(path("time"), Optional.of(time)));
        assertThat(root.resolve("size")).hasContent("longer");
        assertThat(root.resolve("time")).hasContent("old");
    }

    @Test
    void storesAFileWhoseOldCopyVanished() throws Exception {
        write("a", "old");
        FileEntry listed = entry("a");
        Files.delete(root.resolve("a"));

        assertThat(receive("a", Optional.of(listed), "new", TIME)).isEqualTo(CommitResult.STORED);
        assertThat(root.resolve("a")).hasContent("new");
    }

    @Test
    void neverReplacesOrFollowsALink() throws Exception {
        write("dir/file", "old");
        Files.createSymbolicLink(root.resolve("link"), root.resolve("dir/file"));
        Files.createSymbolicLink(root.resolve("dangling"), root.resolve("none"));
        Files.createSymbolicLink(root.resolve("dir-link"), root.resolve("dir"));

        for (String name : List.of("link", "dangling", "dir-link", "dir-link/new", "dir-link/file")) {
            assertSkipped(SkipReason.LINK, () -> store.receive(path(name), Optional.empty()));
        }
        assertThat(root.resolve("dir/file")).hasContent("old");
        assertThat(root.resolve("none")).doesNotExist();
    }

    @Test
    void neverFollowsALinkThatAppearsWhileAFileArrives() throws Exception {
        Path elsewhere = Files.createDirectories(root.resolve("elsewhere"));

        try (IncomingFile incoming = store.receive(path("dir/a"), Optional.empty())) {
            Files.createSymbolicLink(root.resolve("dir"), elsewhere);

            assertSkipped(SkipReason.LINK, () -> incoming.commit(TIME));
        }
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void neverMakesRoomByRemovingAFileOrADirectory() throws Exception {
        write("file", "old");
        Files.createDirectories(root.resolve("dir"));

        assertSkipped(SkipReason.NOT_A_FILE, () -> store.receive(path("file/below"), Optional.empty()));
        assertSkipped(SkipReason.NOT_A_FILE, () -> store.receive(path("dir"), Optional.empty()));
        try (IncomingFile incoming = store.receive(path("late"), Optional.empty())) {
            Files.createDirectories(root.resolve("late"));
            assertSkipped(SkipReason.NOT_A_FILE, () -> incoming.commit(TIME));
        }
        assertThat(root.resolve("file")).hasContent("old");
        assertThat(root.resolve("dir")).isDirectory();
        assertThat(root.resolve("late")).isDirectory();
    }

    @Test
    void refusesNamesThatThePlatformCannotHold() throws Exception {
        assertSkipped(SkipReason.NAME, () -> store.receive(path("a\\b"), Optional.empty()));
        assertSkipped(SkipReason.NAME, () -> store.receive(path("n".repeat(256)), Optional.empty()));
        assertThat(root).isEmptyDirectory();
    }

    @Test
    void storesTimesBeforeTheEpoch() throws Exception {
        assertThat(receive("a", Optional.empty(), "x", -1000)).isEqualTo(CommitResult.STORED);
        assertThat(entry("a").mtimeSeconds()).isEqualTo(-1);
    }

    @Test
    void sharesTheStagingDirectoryBetweenSessions() throws Exception {
        TreeStore other = open();
        IncomingFile mine = store.receive(path("a"), Optional.empty());
        IncomingFile others = other.receive(path("b"), Optional.empty());

        mine.commit(TIME);
        store.close();
        others.commit(TIME);
        other.close();

        assertThat(root.resolve("a")).isEmptyFile();
        assertThat(root.resolve("b")).isEmptyFile();
        assertNoTemps();
    }

    @Test
    void makesTheStagingDirectoryAnewWhenAnotherSessionRemovedIt() throws Exception {
        receive("a", Optional.empty(), "x", TIME);
        Path staging = root.resolve(RelativePath.STAGING_NAME);
        try (Stream<Path> entries = Files.list(staging)) {
            for (Path entry : entries.toList()) {
                Files.delete(entry);
            }
        }
        Files.delete(staging);

        receive("b", Optional.empty(), "y", TIME);

        assertThat(root.resolve("b")).hasContent("y");
    }

    @Test
    void leavesForeignFilesInTheStagingDirectoryAlone() throws Exception {
        write(".sksync/foreign", "x");

        receive("a", Optional.empty(), "y", TIME);
        store.close();

        assertThat(root.resolve("a")).hasContent("y");
        assertThat(root.resolve(".sksync/foreign")).hasContent("x");
    }

    @Test
    void refusesAStagingDirectoryThatIsNone() throws Exception {
        Path elsewhere = Files.createDirectories(root.resolve("elsewhere"));
        Files.createSymbolicLink(root.resolve(RelativePath.STAGING_NAME), elsewhere);

        assertSkipped(SkipReason.NOT_A_FILE, () -> store.receive(path("a"), Optional.empty()));
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void keepsTheFileOfTheFasterOfTwoSessions() throws Exception {
        write("a", "old");
        Optional<FileEntry> listed = Optional.of(entry("a"));
        try (TreeStore other = open();
                IncomingFile newer = store.receive(path("a"), listed);
                IncomingFile older = other.receive(path("a"), listed)) {
            newer.write(ByteBuffer.wrap("newer".getBytes(UTF_8)));
            older.write(ByteBuffer.wrap("older".getBytes(UTF_8)));
            newer.commit(TIME + 9000);

            assertThatExceptionOfType(FileChangedException.class).isThrownBy(() -> older.commit(TIME + 5000));
        }
        assertThat(root.resolve("a")).hasContent("newer");
    }

    @Test
    void transfersNothingAfterASync() throws Exception {
        receive("dir/a", Optional.empty(), "x", TIME);

        assertThat(entry("dir/a")).isEqualTo(new FileEntry(path("dir/a"), TIME, 1));
    }

    @Test
    void reportsASkippedFileWithoutItsPathOnDisk() throws Exception {
        SkippedFile skipped = store.skipped(
                path("a"), new NoSuchFileException(root.resolve("a").toString()));

        assertThat(skipped)
                .isEqualTo(new SkippedFile("a", SkipReason.VANISHED, "it is gone; the next sync does without it"));
    }

    @Test
    void namesTheRootAndTheFreeSpaceWhenTheDiskIsFull() throws Exception {
        SkippedFile skipped = store.skipped(path("a"), new IOException("No space left on device"));

        assertThat(skipped.reason()).isEqualTo(SkipReason.NO_SPACE);
        assertThat(skipped.detail()).contains(root.toString()).containsPattern("[0-9]+ bytes are free");
        assertThat(store.usableBytes()).isPositive();
    }

    // Keeping what is replaced

    private static final KeepReplaced KEEP = new KeepReplaced(Duration.ofDays(30), Long.MAX_VALUE);
    private static final Instant NOW = Instant.parse("2026-11-20T15:30:00.5Z");
    private static final String STAMP = "2026-11-20T15-30-00Z";

    private TreeStore openKeeping(Instant now) throws IOException {
        return TreeStore.open(
                ResolvedRoot.of(root),
                PlatformNames.of(root.getFileSystem()),
                GuardedFiles.NONE,
                locks,
                new SecureRandom(),
                Clock.fixed(now, ZoneOffset.UTC),
                TimeErrors.FAIL,
                KEEP,
                Durability.BATCH,
                Forcing.IN_TURN);
    }

    private ReplacedFiles replaced(Instant now) {
        return ReplacedFiles.of(
                ResolvedRoot.of(root),
                PlatformNames.of(root.getFileSystem()),
                locks,
                new SecureRandom(),
                Clock.fixed(now, ZoneOffset.UTC));
    }

    private Path kept(String stamp, String name) {
        return root.resolve(RelativePath.STAGING_NAME)
                .resolve("replaced")
                .resolve(stamp)
                .resolve(name);
    }

    private void replace(Instant now, String name, String content) throws Exception {
        store.close();
        store = openKeeping(now);
        receive(name, Optional.of(entry(name)), content, TIME + 5000);
        store.close();
        store = open();
    }

    @Test
    void keepsAFileThatIsReplaced() throws Exception {
        write("dir/sub/a", "old");

        replace(NOW, "dir/sub/a", "new");

        assertThat(root.resolve("dir/sub/a")).hasContent("new");
        assertThat(kept(STAMP, "dir/sub/a")).hasContent("old");
        assertThat(Files.getLastModifiedTime(kept(STAMP, "dir/sub/a")).toMillis())
                .isEqualTo(TIME);
        assertThat(listed(ScanDepth.TREE)).containsExactly("dir/sub/a");
        assertNothingStaged();
    }

    @Test
    void keepsNothingOfANewFileAndNothingWhereThatIsOff() throws Exception {
        write("a", "old");
        receive("a", Optional.of(entry("a")), "new", TIME + 5000);
        store.close();
        store = openKeeping(NOW);
        receive("b", Optional.empty(), "new", TIME);
        store.close();

        assertNoTemps();
    }

    @Test
    void keepsNothingOfAFileThatIsNotReplaced() throws Exception {
        write("a", "old");
        store.close();
        store = openKeeping(NOW);
        try (IncomingFile incoming = store.receive(path("a"), Optional.of(entry("a")))) {
            write("a", "changed");
            assertThatExceptionOfType(FileChangedException.class).isThrownBy(() -> incoming.commit(TIME + 5000));
        }
        store.close();

        assertThat(root.resolve("a")).hasContent("changed");
        assertNoTemps();
    }

    @Test
    void keepsEveryVersionOfOneSecond() throws Exception {
        write("a", "1");
        replace(NOW, "a", "2");
        replace(NOW, "a", "3");
        store.close();
        store = openKeeping(NOW);
        receive("a", Optional.of(entry("a")), "4", TIME + 6000);
        receive("a", Optional.of(entry("a")), "5", TIME + 7000);
        store.close();

        assertThat(kept(STAMP, "a")).hasContent("1");
        assertThat(kept(STAMP + "-2", "a")).hasContent("2");
        assertThat(kept(STAMP + "-3", "a")).hasContent("3");
        assertThat(kept(STAMP + "-4", "a")).hasContent("4");
    }

    @Test
    void replacesNothingThatCannotBeKept() throws Exception {
        write("a", "old");
        write(".sksync/replaced", "in the way");
        store.close();
        store = openKeeping(NOW);

        try (IncomingFile incoming = store.receive(path("a"), Optional.of(entry("a")))) {
            assertThatExceptionOfType(SkippedFileException.class)
                    .isThrownBy(() -> incoming.commit(TIME + 5000))
                    .withMessageStartingWith("the old file can't be kept: ");
        }
        store.close();

        assertThat(root.resolve("a")).hasContent("old");
        assertNothingStaged();
    }

    @Test
    void listsWhatIsKeptTheNewestFirst() throws Exception {
        write("dir/a", "1");
        write("dir.b", "1");
        replace(NOW, "dir/a", "22");
        replace(NOW.plusSeconds(1), "dir/a", "333");
        replace(NOW, "dir.b", "x");

        assertThat(replaced(NOW).list(Optional.empty()))
                .extracting(version -> version.path().text(), ReplacedVersion::id, ReplacedVersion::size)
                .containsExactly(
                        tuple("dir.b", STAMP + "-2", 1L),
                        tuple("dir/a", "2026-11-20T15-30-01Z", 2L),
                        tuple("dir/a", STAMP, 1L));
        assertThat(replaced(NOW).list(Optional.of(path("dir"))))
                .extracting(version -> version.path().text())
                .containsExactly("dir/a", "dir/a");
        assertThat(replaced(NOW).list(Optional.of(path("dir/a")))).hasSize(2);
        assertThat(replaced(NOW).list(Optional.of(path("di")))).isEmpty();
        assertThat(replaced(NOW).list(Optional.empty()).get(2))
                .isEqualTo(new ReplacedVersion(path("dir/a"), Instant.parse("2026-11-20T15:30:00Z"), 1, TIME, STAMP));
    }

    @Test
    void listsNothingWhereNothingIsKept() throws Exception {
        assertThat(replaced(NOW).list(Optional.empty())).isEmpty();
        write(".sksync/replaced/no-date/a", "x");
        write(".sksync/replaced/2026-11-20T15-30-00Z-1/a", "x");

        assertThat(replaced(NOW).list(Optional.empty())).isEmpty();
    }

    @Test
    void bringsAVersionBackAndKeepsThePresentOne() throws Exception {
        write("dir/a", "old");
        replace(NOW, "dir/a", "new");
        ReplacedVersion version = replaced(NOW).list(Optional.empty()).get(0);

        replaced(NOW.plusSeconds(60)).restore(version, version.mtimeMillis(), RestoredTime.GIVEN);

        assertThat(root.resolve("dir/a")).hasContent("old");
        assertThat(entry("dir/a").mtimeMillis()).isEqualTo(TIME);
        assertThat(kept("2026-11-20T15-31-00Z", "dir/a")).hasContent("new");
        assertThat(kept(STAMP, "dir/a")).hasContent("old");
        assertNothingStaged();
    }

    @Test
    void bringsBackAFileThatIsGone() throws Exception {
        write("dir/a", "old");
        replace(NOW, "dir/a", "new");
        Files.delete(root.resolve("dir/a"));
        Files.delete(root.resolve("dir"));
        ReplacedVersion version = replaced(NOW).list(Optional.empty()).get(0);

        replaced(NOW).restore(version, TIME + 9000, RestoredTime.GIVEN);

        assertThat(root.resolve("dir/a")).hasContent("old");
        assertThat(entry("dir/a").mtimeMillis()).isEqualTo(TIME + 9000);
    }

    @Test
    void aRestoredFileWinsOverACopyThatIsAheadOfTheClock() throws Exception {
        long ahead = NOW.plusSeconds(400L * 24 * 3600).toEpochMilli();
        write("a", "old");
        replace(NOW, "a", "ahead");
        Files.setLastModifiedTime(root.resolve("a"), FileTime.fromMillis(ahead));
        ReplacedVersion version = replaced(NOW).list(Optional.empty()).get(0);

        replaced(NOW).restore(version, NOW.toEpochMilli(), RestoredTime.NEWEST);

        assertThat(root.resolve("a")).hasContent("old");
        assertThat(entry("a").mtimeMillis()).isEqualTo(ahead / 1000 * 1000 + 2000);
    }

    @Test
    void bringsNothingBackOverALinkOrADirectoryAndNothingThatIsGone() throws Exception {
        write("a", "old");
        write("b", "old");
        replace(NOW, "a", "new");
        replace(NOW, "b", "new");
        ReplacedVersion a = replaced(NOW).list(Optional.of(path("a"))).get(0);
        ReplacedVersion b = replaced(NOW).list(Optional.of(path("b"))).get(0);
        Files.delete(root.resolve("a"));
        Files.createDirectory(root.resolve("a"));
        Files.delete(root.resolve("b"));
        Files.createSymbolicLink(root.resolve("b"), root.resolve("a"));

        assertSkipped(SkipReason.NOT_A_FILE, () -> replaced(NOW).restore(a, TIME, RestoredTime.GIVEN));
        assertSkipped(SkipReason.LINK, () -> replaced(NOW).restore(b, TIME, RestoredTime.GIVEN));
        replaced(NOW).prune(KEEP, NOW.plus(Duration.ofDays(31)));
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> replaced(NOW).restore(b, TIME, RestoredTime.GIVEN));
        assertThat(root.resolve("a")).isEmptyDirectory();
    }

    @Test
    void removesWhatWasKeptLongEnough() throws Exception {
        write("dir/a", "1");
        replace(NOW, "dir/a", "22");
        replace(NOW.plus(Duration.ofDays(1)), "dir/a", "333");
        Instant dayOne = Instant.parse("2026-11-20T15:30:00Z").plus(KEEP.maxAge());

        assertThat(replaced(NOW).prune(KEEP, dayOne)).isEqualTo(ReplacedFiles.Pruned.NOTHING);
        assertThat(replaced(NOW).prune(KeepReplaced.OFF, dayOne.plusSeconds(1)))
                .isEqualTo(ReplacedFiles.Pruned.NOTHING);
        assertThat(replaced(NOW).prune(KEEP, dayOne.plusSeconds(1))).isEqualTo(new ReplacedFiles.Pruned(1, 1));
        assertThat(kept(STAMP, "")).doesNotExist();
        assertThat(kept("2026-11-21T15-30-00Z", "dir/a")).hasContent("22");
        assertThat(replaced(NOW).prune(KEEP, dayOne.plus(Duration.ofDays(2))))
                .isEqualTo(new ReplacedFiles.Pruned(1, 2));
        assertThat(root.resolve(".sksync/replaced")).doesNotExist();
    }

    @Test
    void removesTheOldestWhenTooMuchIsKept() throws Exception {
        write("a", "1");
        write("b", "333");
        replace(NOW, "a", "22");
        replace(NOW.plusSeconds(1), "b", "x");
        replace(NOW.plusSeconds(2), "a", "x");

        assertThat(replaced(NOW).prune(new KeepReplaced(KEEP.maxAge(), 6), NOW))
                .isEqualTo(ReplacedFiles.Pruned.NOTHING);
        assertThat(replaced(NOW).prune(new KeepReplaced(KEEP.maxAge(), 4), NOW))
                .isEqualTo(new ReplacedFiles.Pruned(2, 4));
        assertThat(replaced(NOW).list(Optional.empty()))
                .extracting(version -> version.path().text(), ReplacedVersion::size)
                .containsExactly(tuple("a", 2L));
    }

    @Test
    void goesOnKeepingWhenWhatItKeptIsRemovedMeanwhile() throws Exception {
        write("dir/a", "old");
        write("dir/b", "old");
        store.close();
        store = openKeeping(NOW);
        receive("dir/a", Optional.of(entry("dir/a")), "new", TIME + 5000);
        replaced(NOW).prune(new KeepReplaced(KEEP.maxAge(), 0), NOW);
        receive("dir/b", Optional.of(entry("dir/b")), "new", TIME + 5000);
        store.close();

        assertThat(kept(STAMP, "dir/a")).doesNotExist();
        assertThat(kept(STAMP, "dir/b")).hasContent("old");
    }

    final void assertNothingStaged() throws IOException {
        try (Stream<Path> entries = Files.list(root.resolve(RelativePath.STAGING_NAME))) {
            assertThat(entries.map(entry -> entry.getFileName().toString())).containsExactly("replaced");
        }
    }

    // Sweeping

    private static final String DEAD = "0123456789abcdef0123456789abcdef";

    private static String part(String token) {
        return ".sksync/" + token + "-" + "0".repeat(32) + ".part";
    }

    private void writeAged(String name, Duration age) throws IOException {
        Path file = write(name, "x");
        Files.getFileAttributeView(file, BasicFileAttributeView.class)
                .setTimes(FileTime.fromMillis(TIME), FileTime.from(Instant.now().minus(age)), null);
    }

    @Test
    void removesWhatADeadProcessHasLeft() throws Exception {
        write(part(DEAD), "x");
        write(".sksync/" + DEAD + ".lock", "");
        Files.createDirectory(root.resolve(".sksync/" + DEAD + "-" + "1".repeat(32) + ".dir"));

        receive("a", Optional.empty(), "y", TIME);
        store.close();

        assertNoTemps();
    }

    @Test
    void removesOldFilesWithoutALockAndLeavesYoungOnes() throws Exception {
        String old = "f".repeat(32) + ".part";
        String young = "e".repeat(32) + ".part";
        writeAged(".sksync/" + old, Duration.ofHours(25));
        writeAged(".sksync/" + young, Duration.ofHours(23));
        writeAged(part(DEAD), Duration.ofHours(25));
        writeAged(part("a".repeat(32)), Duration.ofHours(23));

        receive("a", Optional.empty(), "y", TIME);
        store.close();

        try (Stream<Path> entries = Files.list(root.resolve(RelativePath.STAGING_NAME))) {
            assertThat(entries.map(entry -> ".sksync/" + entry.getFileName()))
                    .containsExactlyInAnyOrder(".sksync/" + young, part("a".repeat(32)));
        }
    }

    @Test
    void removesNothingThatHasAnotherName() throws Exception {
        List<String> names = List.of(
                "foreign",
                "f".repeat(31) + ".part",
                "F".repeat(32) + ".part",
                DEAD + "-" + "0".repeat(31) + ".part",
                "f".repeat(32) + ".part.bak",
                DEAD + ".lock.txt",
                "0".repeat(32) + ".dir");
        for (String name : names) {
            writeAged(".sksync/" + name, Duration.ofDays(400));
        }

        receive("a", Optional.empty(), "y", TIME);
        store.close();

        try (Stream<Path> entries = Files.list(root.resolve(RelativePath.STAGING_NAME))) {
            assertThat(entries.map(entry -> entry.getFileName().toString())).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    @Test
    void leavesTheFilesOfALivingSessionAlone() throws Exception {
        try (TreeStore other = TreeStore.open(
                        root,
                        PlatformNames.of(root.getFileSystem()),
                        new PathLocks(),
                        new SecureRandom(),
                        TimeErrors.FAIL);
                IncomingFile theirs = other.receive(path("b"), Optional.empty());
                TreeStore third = open();
                IncomingFile ours = third.receive(path("c"), Optional.empty())) {
            receive("a", Optional.empty(), "y", TIME);
            Tidying.tidy(root, ScanDepth.TREE, locks, KEEP, Instant.now(), () -> false);

            theirs.commit(TIME);
            ours.commit(TIME);
        }
        store.close();

        assertThat(listed("a", "b", "c")).isTrue();
        assertNoTemps();
    }

    private boolean listed(String... names) throws IOException {
        store = open();
        return listed(ScanDepth.TREE).equals(List.of(names));
    }

    @Test
    void tidiesEveryDirectoryThatASessionCanHaveSynced() throws Exception {
        write("dir/sub/a", "1");
        replace(NOW, "dir/sub/a", "2");
        for (String staging : List.of("", "dir/", "dir/sub/")) {
            write(staging + part(DEAD), "x");
            write(staging + ".sksync/" + DEAD + ".lock", "");
        }
        Instant later = NOW.plus(KEEP.maxAge()).plusSeconds(1);

        Tidying.Result result = Tidying.tidy(root, ScanDepth.TREE, locks, KEEP, later, () -> false);

        assertThat(result).isEqualTo(new Tidying.Result(6, new ReplacedFiles.Pruned(1, 1), List.of()));
        for (String staging : List.of("", "dir/", "dir/sub/")) {
            assertThat(root.resolve(staging + ".sksync")).doesNotExist();
        }
        assertThat(root.resolve("dir/sub/a")).hasContent("2");
        assertThat(Tidying.tidy(root, ScanDepth.TREE, locks, KEEP, later, () -> false))
                .isEqualTo(new Tidying.Result(0, ReplacedFiles.Pruned.NOTHING, List.of()));
    }

    @Test
    void asksBeforeEachFileWhetherTidyingIsToStop() throws Exception {
        for (int i = 0; i < 20; i++) {
            write("a" + i, "x");
            write(".sksync/replaced/" + STAMP + "/b" + i, "x");
        }
        int[] asked = new int[1];

        Tidying.tidy(root, ScanDepth.TREE, locks, KEEP, NOW, () -> asked[0]++ < 0);

        assertThat(asked[0]).isGreaterThan(40);
    }

    @Test
    void tidiesNothingBehindALinkAndStopsWhenItIsTold() throws Exception {
        Path elsewhere = Files.createDirectories(root.resolveSibling("elsewhere"));
        write(part(DEAD), "x");
        write(".sksync/" + DEAD + ".lock", "");
        Files.move(root.resolve(".sksync"), elsewhere.resolve(".sksync"));
        Files.createSymbolicLink(root.resolve("link"), elsewhere);
        Files.createSymbolicLink(root.resolve(".sksync"), elsewhere.resolve(".sksync"));

        assertThat(Tidying.tidy(root, ScanDepth.TREE, locks, KEEP, NOW, () -> false)
                        .temps())
                .isZero();
        assertThat(elsewhere.resolve(part(DEAD))).exists();
        assertThatExceptionOfType(ClosedChannelException.class)
                .isThrownBy(() -> Tidying.tidy(root, ScanDepth.TREE, locks, KEEP, NOW, () -> true));
    }
}
