package org.sksync.transport.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.SkipReason;
import org.sksync.files.scan.SkippedFile;
import org.sksync.files.store.OutgoingFile;
import org.sksync.files.store.PathLocks;
import org.sksync.files.store.TimeErrors;
import org.sksync.files.store.TreeStore;
import org.sksync.protocol.message.FileEnd;
import org.sksync.protocol.message.ProtocolLevel.Checksum;
import org.sksync.testkit.NoLeaks;

/** A file goes out whole and unchanged in pieces, or is not ended. */
@ExtendWith(NoLeaks.class)
class FileSenderTest {

    private static final int PIECE_BYTES = 96 * 1024;
    private static final int LONG_BYTES = 3 * PIECE_BYTES + 7;

    @TempDir
    Path directory;

    private final ManualExecutor disk = new ManualExecutor();
    private final FakeLink link = new FakeLink();
    private final List<Throwable> failures = new ArrayList<>();
    private final SessionWork work = new SessionWork(() -> disk, link.owner(), failures::add);
    private final List<SendResult> results = new ArrayList<>();
    private final List<Integer> told = new ArrayList<>();
    private final Queue<FileSender.QueuedFile> queue = new ArrayDeque<>();
    private FileSender sender;
    private TreeStore store;

    @BeforeEach
    void openStore() throws IOException {
        store = TreeStore.open(
                directory.toRealPath(), PlatformNames.current(), new PathLocks(), new SecureRandom(), TimeErrors.FAIL);
        sender = sender(Checksum.MD5);
    }

    private FileSender sender(Checksum checksum) {
        return new FileSender(
                link, work, checksum, store, BufferSize.SMALL, () -> Optional.ofNullable(queue.poll()), told::add);
    }

    @AfterEach
    void nothingWaitsAndNothingFailed() throws IOException {
        runAll();
        assertThat(failures).isEmpty();
        assertThat(told).as("pieces told").isEqualTo(link.pieces());
        store.close();
    }

    @Test
    void sendsHeadContentAndEnd() throws Exception {
        byte[] content = write("a", 1000);

        send("a");
        runAll();

        assertThat(link.sent()).containsExactly("a: 1000", new FileEnd(Optional.of(md5(content))));
        assertThat(link.content()).isEqualTo(content);
        assertThat(results).containsExactly(new SendResult.Sent(1000));
        link.assertAllFlushed();
    }

    @Test
    void sendsNoChecksumOnALevelWithoutOne() throws Exception {
        byte[] content = write("a", 1000);
        sender = sender(Checksum.NONE);

        send("a");
        runAll();

        assertThat(link.sent()).containsExactly("a: 1000", new FileEnd(Optional.empty()));
        assertThat(link.content()).isEqualTo(content);
    }

    @Test
    void sendsAnEmptyFileAsHeadAndEnd() throws Exception {
        write("a", 0);

        send("a");
        runAll();

        assertThat(link.sent()).containsExactly("a: 0", new FileEnd(Optional.of("d41d8cd98f00b204e9800998ecf8427e")));
        assertThat(link.pieces()).isEmpty();
        assertThat(results).containsExactly(new SendResult.Sent(0));
        link.assertAllFlushed();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, PIECE_BYTES - 1, PIECE_BYTES, PIECE_BYTES + 1, 2 * PIECE_BYTES, LONG_BYTES})
    void sendsAFileOfAnyLengthInBoundedPieces(int length) throws Exception {
        byte[] content = write("a", length);

        send("a");
        runAll();

        assertThat(link.content()).isEqualTo(content);
        assertThat(link.pieces()).allMatch(piece -> piece > 0 && piece <= PIECE_BYTES);
        assertThat(link.sent()).containsExactly("a: " + length, new FileEnd(Optional.of(md5(content))));
        assertThat(results).containsExactly(new SendResult.Sent(length));
        link.assertAllFlushed();
    }

    @Test
    void sendsOneFileAfterTheOther() throws Exception {
        byte[] content = write("b/a", 10);
        write("a", 0);

        send("a");
        runAll();
        send("b/a");
        runAll();

        assertThat(link.sent()).hasSize(4).contains("a: 0", "b/a: 10");
        assertThat(link.content()).isEqualTo(content);
        assertThat(results).containsExactly(new SendResult.Sent(0), new SendResult.Sent(10));
    }

    @Test
    void readsShortFilesTogetherAndSendsThemInOrder() throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List<SendResult> expected = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            all.write(write("f" + i, i));
            enqueue("f" + i);
            expected.add(new SendResult.Sent(i));
        }
        sender.proceed();
        disk.step();
        link.ownerQueue().runAll();
        assertThat(results).as("after one turn of the disk").hasSize(64);
        runAll();

        assertThat(link.content()).isEqualTo(all.toByteArray());
        assertThat(results).isEqualTo(expected);
        link.assertAllFlushed();
    }

    @Test
    void sendsALongFileBetweenShortOnes() throws Exception {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (String name : List.of("a", "long", "b")) {
            all.write(write(name, name.equals("long") ? LONG_BYTES : 10));
            enqueue(name);
        }
        sender.proceed();
        runAll();

        assertThat(link.content()).isEqualTo(all.toByteArray());
        assertThat(results)
                .containsExactly(new SendResult.Sent(10), new SendResult.Sent(LONG_BYTES), new SendResult.Sent(10));
    }

    @Test
    void holdsLittleOfFilesThatGrewSinceTheyWereListed() throws Exception {
        for (int i = 0; i < 10; i++) {
            write("f" + i, 10);
            enqueue("f" + i);
            write("f" + i, PIECE_BYTES);
        }
        link.takeOnePiece();
        sender.proceed();
        runAll();

        for (int taken = 1; taken <= 10; taken++) {
            assertThat(link.pieces()).hasSize(taken);
            link.takeOnePiece();
            sender.writable();
            runAll();
        }
        assertThat(results).hasSize(10);
    }

    @Test
    void leavesOutWhatIsGoneAmongShortOnes() throws Exception {
        write("a", 3);
        write("c", 4);
        for (String name : List.of("a", "gone", "c")) {
            enqueue(name);
        }
        sender.proceed();
        runAll();

        assertThat(link.sent()).hasSize(4).contains("a: 3", "c: 4");
        assertThat(results).hasSize(3);
    }

    @Test
    void sendsNothingBeforeThePeerCanTakeIt() throws Exception {
        write("a", 1000);
        link.writable(false);

        send("a");
        runAll();
        sender.writable();
        assertThat(link.sent()).isEmpty();

        link.writable(true);
        sender.writable();
        runAll();
        assertThat(link.sent()).hasSize(2);
    }

    @Test
    void readsNothingAheadForAPeerThatDoesNotRead() throws Exception {
        byte[] content = write("a", LONG_BYTES);
        link.takeOnePiece();

        send("a");
        runAll();
        assertThat(link.pieces()).containsExactly(PIECE_BYTES);
        assertThat(disk.waiting()).as("reads that wait").isZero();

        for (int taken = 2; taken <= 4; taken++) {
            runAll();
            assertThat(link.pieces()).hasSize(taken - 1);
            assertThat(disk.waiting()).as("reads that wait").isZero();
            link.takeOnePiece();
            sender.writable();
            runAll();
        }
        assertThat(link.content()).isEqualTo(content);
        assertThat(results).containsExactly(new SendResult.Sent(LONG_BYTES));
    }

    @Test
    void hasNothingToSendOnceTheFileIsSent() throws Exception {
        write("a", 1);
        send("a");
        runAll();

        sender.writable();
        sender.abandon();

        assertThat(link.sent()).hasSize(2);
        assertThat(disk.waiting()).isZero();
    }

    @Nested
    class NotSentAtAll {

        @Test
        void whenItIsGone() throws Exception {
            send("gone");
            runAll();

            assertNotSent("gone", SkipReason.VANISHED);
        }

        @Test
        void whenItIsADirectory() throws Exception {
            Files.createDirectory(directory.resolve("a"));

            send("a");
            runAll();

            assertNotSent("a", SkipReason.NOT_A_FILE);
        }

        @Test
        void whenItIsALink() throws Exception {
            write("target", 10);
            Files.createSymbolicLink(directory.resolve("a"), directory.resolve("target"));

            send("a");
            runAll();

            assertNotSent("a", SkipReason.LINK);
        }

        @Test
        void whenItGrowsBeforeItsOnlyPieceIsRead() throws Exception {
            write("a", 10);
            link.onNextAllocation(() -> append("a"));

            send("a");
            runAll();

            assertNotSent("a", SkipReason.CHANGED);
        }

        @Test
        void whenItShrinksBeforeItsOnlyPieceIsRead() throws Exception {
            write("a", 10);
            link.onNextAllocation(() -> truncate("a", 9));

            send("a");
            runAll();

            assertNotSent("a", SkipReason.CHANGED);
        }

        @Test
        void whenAnEmptyFileIsFilled() throws Exception {
            write("a", 0);
            link.onNextAllocation(() -> append("a"));

            send("a");
            runAll();

            assertNotSent("a", SkipReason.CHANGED);
        }

        @Test
        void andTheNextOneIsSent() throws Exception {
            write("a", 10);
            send("gone");
            runAll();

            send("a");
            runAll();

            assertThat(results).hasSize(2).last().isEqualTo(new SendResult.Sent(10));
        }

        private void assertNotSent(String name, SkipReason reason) {
            assertThat(link.sent()).isEmpty();
            assertThat(link.pieces()).isEmpty();
            assertThat(results).singleElement().isInstanceOfSatisfying(SendResult.NotSent.class, notSent -> {
                assertThat(notSent.file().name()).isEqualTo(name);
                assertThat(notSent.file().reason()).isEqualTo(reason);
            });
        }
    }

    @Nested
    class NeverEnded {

        @Test
        void whenItGrows() throws Exception {
            breaksAfterTheFirstPiece(() -> append("a"));
        }

        @Test
        void whenItShrinks() throws Exception {
            breaksAfterTheFirstPiece(() -> truncate("a", PIECE_BYTES + 1));
        }

        @Test
        void whenItIsReplacedByAnotherOfItsLengthAndTime() throws Exception {
            breaksAfterTheFirstPiece(() -> replaceByAnother("a"));
        }

        @Test
        void whenItIsWrittenInPlace() throws Exception {
            breaksAfterTheFirstPiece(() -> overwrite("a"));
        }

        @Test
        void whenItIsDeleted() throws Exception {
            breaksAfterTheFirstPiece(() -> delete("a"));
        }

        private void breaksAfterTheFirstPiece(Runnable change) throws Exception {
            write("a", LONG_BYTES);
            link.takeOnePiece();
            send("a");
            runAll();
            assertThat(link.pieces()).hasSize(1);

            change.run();
            link.writable(true);
            for (int i = 0; i < 4; i++) {
                link.takeOnePiece();
                sender.writable();
                runAll();
            }

            assertThat(link.sent()).containsExactly("a: " + LONG_BYTES);
            assertThat(link.content().length).isLessThan(LONG_BYTES);
            assertThat(results).singleElement().isInstanceOfSatisfying(SendResult.Broken.class, broken -> {
                SkippedFile file = broken.file();
                assertThat(file.name()).isEqualTo("a");
                assertThat(file.reason()).isEqualTo(SkipReason.CHANGED);
            });
        }
    }

    @Nested
    class Abandoned {

        @Test
        void dropsThePieceThatIsReady() throws Exception {
            write("a", LONG_BYTES);
            link.takeOnePiece();
            send("a");
            runAll();

            sender.abandon();
            runAll();
            link.writable(true);
            sender.writable();

            assertStoppedAfter(1);
        }

        @Test
        void dropsThePieceThatIsBeingRead() throws Exception {
            write("a", LONG_BYTES);
            send("a");
            disk.step();

            sender.abandon();
            runAll();

            assertStoppedAfter(0);
        }

        @Test
        void beforeItWasOpened() throws Exception {
            write("a", LONG_BYTES);
            send("a");

            sender.abandon();
            runAll();

            assertStoppedAfter(0);
        }

        @Test
        void whileNothingIsSent() {
            sender.abandon();

            assertThat(disk.waiting()).isZero();
        }

        private void assertStoppedAfter(int pieces) {
            assertThat(link.pieces()).hasSize(pieces);
            assertThat(link.sent()).noneMatch(FileEnd.class::isInstance);
            assertThat(results).isEmpty();
        }
    }

    private void send(String name) throws Exception {
        enqueue(name);
        sender.proceed();
    }

    private void enqueue(String name) throws Exception {
        Path file = directory.resolve(name);
        long bytes = Files.isRegularFile(file) ? Files.size(file) : 0;
        queue.add(new FileSender.QueuedFile(RelativePath.of(name), bytes, FileSenderTest::head, results::add));
    }

    private static Object head(OutgoingFile file) {
        return file.path().text() + ": " + file.length();
    }

    private void runAll() {
        boolean ran = true;
        while (ran) {
            ran = disk.runAll();
            ran |= link.ownerQueue().runAll();
        }
    }

    private byte[] write(String name, int length) throws IOException {
        byte[] content = new byte[length];
        new Random(length).nextBytes(content);
        Path file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_700_000_000_000L));
        return content;
    }

    private void append(String name) {
        change(name, file -> Files.write(file, new byte[] {1}, StandardOpenOption.APPEND));
    }

    private void truncate(String name, int length) {
        change(name, file -> {
            byte[] content = Files.readAllBytes(file);
            Files.write(file, Arrays.copyOf(content, length));
        });
    }

    private void overwrite(String name) {
        change(name, file -> Files.write(file, new byte[(int) Files.size(file)]));
    }

    private void replaceByAnother(String name) {
        change(name, file -> {
            FileTime time = Files.getLastModifiedTime(file);
            Path other = directory.resolve("other");
            Files.write(other, new byte[(int) Files.size(file)]);
            Files.setLastModifiedTime(other, time);
            Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);
        });
    }

    private void delete(String name) {
        change(name, Files::delete);
    }

    private void change(String name, Change change) {
        try {
            change.to(directory.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String md5(byte[] content) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(content));
    }

    private interface Change {
        void to(Path file) throws IOException;
    }
}
