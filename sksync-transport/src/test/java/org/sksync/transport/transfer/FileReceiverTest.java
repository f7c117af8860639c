package org.sksync.transport.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.SkipReason;
import org.sksync.files.scan.SkippedFile;
import org.sksync.files.store.CommitResult;
import org.sksync.files.store.PathLocks;
import org.sksync.files.store.TimeErrors;
import org.sksync.files.store.TreeStore;
import org.sksync.protocol.message.ProtocolLevel.Checksum;
import org.sksync.testkit.NoLeaks;

/** A file comes in whole or leaves everything as it was, and the peer is read no faster than the disk writes. */
@ExtendWith(NoLeaks.class)
class FileReceiverTest {

    private static final long MTIME_MILLIS = 1_600_000_000_000L;
    private static final long OLD_MTIME_MILLIS = 1_500_000_000_000L;
    private static final int PIECE_BYTES = 64 * 1024;

    @TempDir
    Path temp;

    private final ManualExecutor disk = new ManualExecutor();
    private final FakeLink link = new FakeLink();
    private final List<Throwable> failures = new ArrayList<>();
    private final SessionWork work = new SessionWork(() -> disk, link.owner(), failures::add);
    private final List<String> delivered = new ArrayList<>();
    private final Mailbox<String> mailbox = new Mailbox<>(link, delivered::add, () -> {});
    private final List<ReceiveResult> results = new ArrayList<>();
    private Checksum checksum = Checksum.MD5;
    /** What is announced; short files are collected, long ones are written as they come. */
    private long length = Long.MAX_VALUE;

    private FileReceiver receiver;
    private Path root;
    private TreeStore store;

    @BeforeEach
    void openStore() throws IOException {
        open(temp.toRealPath());
    }

    @AfterEach
    void noTempFileIsLeftAndNothingFailed() throws IOException {
        runAll();
        assertThat(failures).isEmpty();
        assertThat(stagedFiles()).isEmpty();
        store.close();
        assertThat(root.resolve(RelativePath.STAGING_NAME)).doesNotExist();
    }

    private void open(Path directory) throws IOException {
        root = directory;
        store = TreeStore.open(
                directory,
                PlatformNames.of(directory.getFileSystem()),
                new PathLocks(),
                new SecureRandom(),
                TimeErrors.FAIL);
        receiver = new FileReceiver(mailbox, work, checksum, store, BufferSize.SMALL);
    }

    private void withoutChecksums() {
        checksum = Checksum.NONE;
        receiver = new FileReceiver(mailbox, work, checksum, store, BufferSize.SMALL);
    }

    @Test
    void storesContentAndTime() throws Exception {
        begin("new/a", Optional.empty());
        piece("hel");
        piece("lo");
        end(md5("hello"));
        runAll();

        assertThat(root.resolve("new/a")).hasContent("hello");
        assertThat(Files.getLastModifiedTime(root.resolve("new/a")).toMillis()).isEqualTo(MTIME_MILLIS);
        assertThat(results).containsExactly(new ReceiveResult.Stored(5, CommitResult.STORED));
    }

    @Test
    void storesAnEmptyFile() throws Exception {
        begin("a", Optional.empty());
        end(md5(""));
        runAll();

        assertThat(root.resolve("a")).isEmptyFile();
        assertThat(results).containsExactly(new ReceiveResult.Stored(0, CommitResult.STORED));
    }

    @Test
    void needsNoChecksumOnALevelWithoutOne() throws Exception {
        withoutChecksums();
        begin("a", Optional.empty());
        piece("hello");
        end(Optional.empty());
        runAll();

        assertThat(root.resolve("a")).hasContent("hello");
        assertThat(results).containsExactly(new ReceiveResult.Stored(5, CommitResult.STORED));
    }

    @Test
    void keepsTheOldContentUntilTheNewIsWhole() throws Exception {
        FileEntry old = writeOld("a");
        begin("a", Optional.of(old));
        piece("new");
        runAll();
        assertThat(root.resolve("a")).hasContent("old");

        end(md5("new"));
        assertThat(root.resolve("a")).hasContent("old");
        runAll();

        assertThat(root.resolve("a")).hasContent("new");
    }

    @Test
    void storesOneFileAfterTheOtherWithoutWaitingForTheDisk() throws Exception {
        begin("a", Optional.empty());
        piece("1");
        end(md5("1"));
        begin("b", Optional.empty());
        piece("22");
        end(md5("22"));
        runAll();

        assertThat(root.resolve("a")).hasContent("1");
        assertThat(root.resolve("b")).hasContent("22");
        assertThat(results)
                .containsExactly(
                        new ReceiveResult.Stored(1, CommitResult.STORED),
                        new ReceiveResult.Stored(2, CommitResult.STORED));
    }

    @Test
    void writesNothingOnTheOwnerThread() throws Exception {
        begin("a", Optional.empty());
        piece("hello");
        end(md5("hello"));

        assertThat(root).isEmptyDirectory();
        assertThat(disk.waiting()).isPositive();
    }

    @Nested
    class SlowDisk {

        @BeforeEach
        void writeOnly() {
            withoutChecksums();
        }

        @Test
        void stopsReadingAboveTheHighWaterAndGoesOnBelowTheLow() throws Exception {
            begin("a", Optional.empty());
            disk.step();
            zeros();
            assertThat(link.isReading()).as("below 128 KiB").isTrue();

            zeros();
            assertThat(link.isReading()).as("above 128 KiB").isFalse();

            writeOne();
            assertThat(link.isReading()).as("above 32 KiB").isFalse();
            writeOne();
            assertThat(link.isReading()).as("below 32 KiB").isTrue();
            receiver.abandon();
        }

        @Test
        void stopsReadingWhenManyEmptyFilesWaitForTheDisk() throws Exception {
            length = 0;
            for (int i = 0; i < 33; i++) {
                assertThat(link.isReading()).as("after %d files", i).isTrue();
                begin("empty" + i, Optional.empty());
                receiver.end(Optional.empty(), result -> {});
            }
            assertThat(link.isReading()).as("after 33 files").isFalse();

            runAll();

            assertThat(link.isReading()).as("when all are stored").isTrue();
        }

        @Test
        void holdsBackTheMessagesThatWereReadAlready() throws Exception {
            begin("a", Optional.empty());
            for (int i = 0; i < 6; i++) {
                zeros();
            }
            mailbox.offer("behind");
            assertThat(delivered).isEmpty();

            runAll();

            assertThat(delivered).containsExactly("behind");
            receiver.abandon();
        }

        @Test
        void storesAFileThatIsLongerThanWhatMayWait() throws Exception {
            byte[] content = new byte[20 * PIECE_BYTES];
            new Random(1).nextBytes(content);
            begin("a", Optional.empty());
            disk.step();

            for (int at = 0; at < content.length; at += PIECE_BYTES) {
                while (!link.isReading()) {
                    writeOne();
                }
                receiver.content(buffer(PIECE_BYTES).writeBytes(content, at, PIECE_BYTES));
                assertThat(disk.waiting()).as("pieces that wait").isLessThanOrEqualTo(5);
            }
            end(Optional.of(hex(content)));
            runAll();

            assertThat(root.resolve("a")).hasBinaryContent(content);
            assertThat(link.isReading()).isTrue();
        }

        @Test
        void countsAnUnwantedFileToo() throws Exception {
            receiver.beginUnwanted(new SkippedFile("a", SkipReason.NAME, "not wanted"));
            for (int i = 0; i < 5; i++) {
                zeros();
            }
            assertThat(link.isReading()).isFalse();

            runAll();

            assertThat(link.isReading()).isTrue();
        }

        private void zeros() {
            receiver.content(buffer(PIECE_BYTES).writeZero(PIECE_BYTES));
        }

        private void writeOne() {
            disk.step();
            link.ownerQueue().runAll();
        }
    }

    @Nested
    class ShortFiles {

        @Test
        void areWrittenWhenTheyAreThere() throws Exception {
            length = 5;
            begin("new/a", Optional.empty());
            piece("hel");
            assertThat(disk.waiting()).isZero();
            piece("lo");
            end(md5("hello"));
            assertThat(root).isEmptyDirectory();
            runAll();

            assertThat(root.resolve("new/a")).hasContent("hello");
            assertThat(Files.getLastModifiedTime(root.resolve("new/a")).toMillis())
                    .isEqualTo(MTIME_MILLIS);
            assertThat(results).containsExactly(new ReceiveResult.Stored(5, CommitResult.STORED));
        }

        @Test
        void thatCameWhileTheDiskWasBusyAreCommittedTogether() throws Exception {
            length = 1;
            for (int i = 0; i < 5; i++) {
                begin("a" + i, Optional.empty());
                piece("x");
                end(md5("x"));
            }
            while (stagedFiles().size() < 5) {
                disk.step();
            }
            assertThat(results).isEmpty();
            int seals = disk.waiting();
            for (int i = 0; i < seals; i++) {
                disk.step();
            }
            assertThat(disk.waiting()).as("commits").isEqualTo(1);
            disk.step();
            link.ownerQueue().runAll();

            assertThat(results).hasSize(5).containsOnly(new ReceiveResult.Stored(1, CommitResult.STORED));
            assertThat(stagedFiles()).isEmpty();
        }

        @Test
        void replaceTheOldOne() throws Exception {
            length = 3;
            FileEntry old = writeOld("a");
            begin("a", Optional.of(old));
            piece("new");
            end(md5("new"));
            runAll();

            assertThat(root.resolve("a")).hasContent("new");
        }

        @Test
        void withAnotherChecksumAreCorrupt() throws Exception {
            length = 3;
            FileEntry old = writeOld("a");
            begin("a", Optional.of(old));
            piece("new");
            end(md5("other"));
            runAll();

            assertThat(results).containsExactly(new ReceiveResult.Corrupt());
            assertThat(root.resolve("a")).hasContent("old");
        }

        @Test
        void areLeftOutWhereSomethingElseIsInTheWayAndTheNextIsStored() throws Exception {
            length = 5;
            Files.createDirectory(root.resolve("a"));
            for (String name : List.of("a", "b")) {
                begin(name, Optional.empty());
                piece("hello");
                end(md5("hello"));
            }
            runAll();

            assertThat(results)
                    .hasSize(2)
                    .contains(new ReceiveResult.Stored(5, CommitResult.STORED))
                    .anySatisfy(result -> assertThat(result)
                            .isInstanceOfSatisfying(ReceiveResult.Skipped.class, skipped -> assertThat(
                                            skipped.file().reason())
                                    .isEqualTo(SkipReason.NOT_A_FILE)));
            assertThat(root.resolve("b")).hasContent("hello");
        }

        @Test
        void canBeAbandonedHalfWay() throws Exception {
            length = 5;
            begin("a", Optional.empty());
            piece("hel");
            receiver.abandon();
            runAll();

            assertThat(results).isEmpty();
            assertThat(root).isEmptyDirectory();
        }

        @Test
        void areReadToTheirEndHoweverMuchWaits() throws Exception {
            length = 64 * 1024;
            for (int i = 0; i < 2; i++) {
                begin("a" + i, Optional.empty());
                receiver.content(buffer(PIECE_BYTES).writeZero(PIECE_BYTES));
                receiver.end(Optional.empty(), result -> {});
            }
            begin("half", Optional.empty());
            receiver.content(buffer(PIECE_BYTES).writeZero(PIECE_BYTES - 1));
            runAll();

            assertThat(link.isReading()).as("while its last byte is to come").isTrue();
            receiver.abandon();
        }
    }

    @Nested
    class WrongChecksum {

        @Test
        void keepsTheOldFile() throws Exception {
            FileEntry old = writeOld("a");
            begin("a", Optional.of(old));
            piece("new");
            end(md5("other"));
            runAll();

            assertOldIsIntact();
        }

        @Test
        void isCorruptWhereItIsMissing() throws Exception {
            FileEntry old = writeOld("a");
            begin("a", Optional.of(old));
            piece("new");
            end(Optional.empty());
            runAll();

            assertOldIsIntact();
        }

        private void assertOldIsIntact() throws IOException {
            assertThat(results).containsExactly(new ReceiveResult.Corrupt());
            assertThat(root.resolve("a")).hasContent("old");
            assertThat(Files.getLastModifiedTime(root.resolve("a")).toMillis()).isEqualTo(OLD_MTIME_MILLIS);
        }
    }

    @Nested
    class Refused {

        @Test
        void whenADirectoryIsInTheWayAndTheNextFileIsStored() throws Exception {
            Files.createDirectory(root.resolve("a"));
            begin("a", Optional.empty());
            piece("he");
            piece("llo");
            end(md5("hello"));
            begin("b", Optional.empty());
            piece("hello");
            end(md5("hello"));
            runAll();

            assertThat(results).hasSize(2);
            assertSkipped(results.get(0), SkipReason.NOT_A_FILE);
            assertThat(results.get(1)).isEqualTo(new ReceiveResult.Stored(5, CommitResult.STORED));
            assertThat(root.resolve("a")).isEmptyDirectory();
            assertThat(root.resolve("b")).hasContent("hello");
        }

        @Test
        void whenALinkIsInTheWay() throws Exception {
            Path outside = Files.writeString(temp.resolveSibling(temp.getFileName() + ".outside"), "outside");
            try {
                Files.createSymbolicLink(root.resolve("a"), outside);
                begin("a", Optional.empty());
                piece("hello");
                end(md5("hello"));
                runAll();

                assertThat(results).singleElement().satisfies(result -> assertSkipped(result, SkipReason.LINK));
                assertThat(outside).hasContent("outside");
            } finally {
                Files.delete(outside);
            }
        }

        @Test
        void whenAFileAppearsWhileItArrives() throws Exception {
            begin("a", Optional.empty());
            piece("new");
            runAll();
            writeOld("a");
            end(md5("new"));
            runAll();

            assertThat(results).singleElement().satisfies(result -> assertSkipped(result, SkipReason.CHANGED));
            assertThat(root.resolve("a")).hasContent("old");
        }

        @Test
        void whenTheFileIsAnotherThanWasListed() throws Exception {
            FileEntry old = writeOld("a");
            Files.writeString(root.resolve("a"), "edited");
            begin("a", Optional.of(old));
            piece("new");
            end(md5("new"));
            runAll();

            assertThat(results).singleElement().satisfies(result -> assertSkipped(result, SkipReason.CHANGED));
            assertThat(root.resolve("a")).hasContent("edited");
        }

        @Test
        void whenTheDiskIsFullInTheMiddleAndTheRestIsDrained() throws Exception {
            store.close();
            Configuration small = Configuration.unix().toBuilder()
                    .setAttributeViews("basic", "posix", "unix")
                    .setMaxSize(2L * PIECE_BYTES)
                    .setMaxCacheSize(0)
                    .build();
            try (FileSystem full = Jimfs.newFileSystem(small)) {
                open(Files.createDirectory(full.getPath("/tree")));
                begin("a", Optional.empty());
                for (int i = 0; i < 4; i++) {
                    receiver.content(buffer(PIECE_BYTES).writeZero(PIECE_BYTES));
                }
                end(md5("whatever"));
                begin("b", Optional.empty());
                piece("hello");
                end(md5("hello"));
                runAll();

                assertThat(results).hasSize(2);
                assertSkipped(results.get(0), SkipReason.NO_SPACE);
                assertThat(results.get(1)).isEqualTo(new ReceiveResult.Stored(5, CommitResult.STORED));
                assertThat(root.resolve("a")).doesNotExist();
                noTempFileIsLeftAndNothingFailed();
            }
            open(temp.toRealPath());
        }

        private void assertSkipped(ReceiveResult result, SkipReason reason) {
            assertThat(result).isInstanceOfSatisfying(ReceiveResult.Skipped.class, skipped -> {
                assertThat(skipped.file().name()).isEqualTo("a");
                assertThat(skipped.file().reason()).isEqualTo(reason);
            });
        }
    }

    @Nested
    class Unwanted {

        private final SkippedFile why = new SkippedFile("a", SkipReason.NAME, "not wanted");

        @Test
        void isDrainedAndReported() {
            receiver.beginUnwanted(why);
            piece("hello");
            end(md5("hello"));
            runAll();

            assertThat(results).containsExactly(new ReceiveResult.Skipped(why));
            assertThat(root).isEmptyDirectory();
        }

        @Test
        void canBeAbandoned() {
            receiver.beginUnwanted(why);
            piece("hello");
            receiver.abandon();
            runAll();

            assertThat(results).isEmpty();
        }
    }

    @Nested
    class Abandoned {

        @Test
        void leavesTheOldFileAndNoTempFile() throws Exception {
            FileEntry old = writeOld("a");
            begin("a", Optional.of(old));
            piece("new");
            runAll();
            assertThat(stagedFiles()).hasSize(1);

            receiver.abandon();
            runAll();

            assertThat(stagedFiles()).isEmpty();
            assertThat(root.resolve("a")).hasContent("old");
            assertThat(results).isEmpty();
        }

        @Test
        void letsGoOfThePiecesThatWaitAndThatComeLater() throws Exception {
            ByteBuf waiting = buffer(8).writeZero(8);
            ByteBuf late = buffer(8).writeZero(8);
            begin("a", Optional.empty());
            receiver.content(waiting);
            receiver.abandon();
            receiver.content(late);
            end(md5(""));
            runAll();

            assertThat(waiting.refCnt()).isZero();
            assertThat(late.refCnt()).isZero();
            assertThat(results).isEmpty();
            assertThat(root.resolve("a")).doesNotExist();
        }

        @Test
        void whileNothingArrives() {
            receiver.abandon();

            assertThat(disk.waiting()).isZero();
        }

        @Test
        void afterADiskThatRefused() throws Exception {
            Files.createDirectory(root.resolve("a"));
            begin("a", Optional.empty());
            piece("hello");
            receiver.abandon();
            runAll();

            assertThat(results).isEmpty();
        }
    }

    private void begin(String name, Optional<FileEntry> expected) throws PathRefusedException {
        receiver.begin(new FileReceiver.WantedFile(RelativePath.of(name), expected, MTIME_MILLIS, length), () -> {});
    }

    private void piece(String content) {
        byte[] bytes = content.getBytes(UTF_8);
        receiver.content(buffer(bytes.length).writeBytes(bytes));
    }

    private void end(Optional<String> md5Hex) {
        receiver.end(md5Hex, results::add);
    }

    private void runAll() {
        boolean ran = true;
        while (ran) {
            ran = disk.runAll();
            ran |= link.ownerQueue().runAll();
        }
    }

    private FileEntry writeOld(String name) throws IOException, PathRefusedException {
        Path file = Files.writeString(root.resolve(name), "old");
        Files.setLastModifiedTime(file, FileTime.fromMillis(OLD_MTIME_MILLIS));
        return new FileEntry(RelativePath.of(name), OLD_MTIME_MILLIS, 3);
    }

    private List<Path> stagedFiles() throws IOException {
        Path staging = root.resolve(RelativePath.STAGING_NAME);
        if (!Files.exists(staging)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(staging)) {
            // Beside them lies the lock of the session that they belong to.
            return files.filter(file -> file.toString().endsWith(".part")).toList();
        }
    }

    private static ByteBuf buffer(int bytes) {
        return PooledByteBufAllocator.DEFAULT.buffer(bytes);
    }

    private static Optional<String> md5(String content) {
        try {
            return Optional.of(hex(content.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static String hex(byte[] content) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    }
}
