package org.sksync.transport.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.RelativePath;
import org.sksync.files.store.PathLocks;
import org.sksync.files.store.TimeErrors;
import org.sksync.files.store.TreeStore;
import org.sksync.protocol.message.FileEnd;
import org.sksync.protocol.message.ProtocolLevel.Checksum;
import org.sksync.testkit.NoLeaks;

/** What will probably be asked for is read beforehand, and sent without another turn of the disk once it is. */
@ExtendWith(NoLeaks.class)
class ForeseenFilesTest {

    private static final int MOST_BYTES = 96 * 1024;
    private static final Object END = new FileEnd(Optional.empty());

    @TempDir
    Path directory;

    private final ManualExecutor disk = new ManualExecutor();
    private final FakeLink link = new FakeLink();
    private final List<Throwable> failures = new ArrayList<>();
    private final SessionWork work = new SessionWork(() -> disk, link.owner(), failures::add);
    private final List<SendResult> results = new ArrayList<>();
    private final Deque<String> asked = new ArrayDeque<>();
    private final List<String> likely = new ArrayList<>();
    private TreeStore store;
    private FileSender sender;
    private boolean grown;

    private final class Guess implements FileSender.Source {
        @Override
        public Optional<FileSender.QueuedFile> next() {
            Optional<String> name = Optional.ofNullable(asked.poll());
            name.ifPresent(likely::remove);
            return name.map(ForeseenFilesTest.this::queued);
        }

        @Override
        public Optional<FileSender.QueuedFile> foreseen(int after) {
            return after < likely.size() ? Optional.of(queued(likely.get(after))) : Optional.empty();
        }
    }

    @BeforeEach
    void open() throws IOException {
        store = TreeStore.open(
                directory.toRealPath(), PlatformNames.current(), new PathLocks(), new SecureRandom(), TimeErrors.FAIL);
        sender = new FileSender(link, work, Checksum.NONE, store, BufferSize.SMALL, new Guess(), piece -> {});
    }

    @AfterEach
    void nothingFailed() throws IOException {
        runAll();
        sender.abandon();
        runAll();
        assertThat(failures).isEmpty();
        store.close();
    }

    @Test
    void sendsWhatWasForeseenAtOnce() throws Exception {
        write("a", "b", "c");
        ask("a");
        runAll();
        delete("b", "c");

        ask("b");
        ask("c");

        assertThat(disk.waiting()).isZero();
        assertThat(link.sent()).containsExactly("a", END, "b", END, "c", END);
        assertThat(new String(link.content(), UTF_8)).isEqualTo("content of a content of b content of c ");
        assertThat(results).hasSize(3).allMatch(SendResult.Sent.class::isInstance);
        link.assertAllFlushed();
    }

    @Test
    void readsNothingBeforeTheFirstIsAskedFor() throws Exception {
        write("a");

        sender.proceed();

        assertThat(disk.waiting()).isZero();
    }

    @Test
    void readsAnewWhatWasNotForeseen() throws Exception {
        write("a", "b", "c", "d");
        likely.remove("d");
        ask("a");
        runAll();
        likely.clear();

        ask("d");
        runAll();
        Files.writeString(directory.resolve("b"), "changed");
        ask("b");
        runAll();

        assertThat(link.sent()).containsExactly("a", END, "d", END, "b", END);
        assertThat(new String(link.content(), UTF_8)).isEqualTo("content of a content of d changed");
    }

    @Test
    void dropsWhatIsBeingReadWhenSomethingElseIsAskedFor() throws Exception {
        write("a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "z");
        likely.remove("z");
        ask("a");
        runAll();
        likely.addAll(List.of("k", "l"));
        write("k", "l");
        ask("b");
        assertThat(disk.waiting()).as("reads of more").isEqualTo(1);
        likely.clear();

        ask("z");
        runAll();
        delete("c");
        ask("c");
        runAll();

        assertThat(link.sent()).containsExactly("a", END, "b", END, "z", END);
        assertThat(results).hasSize(4).last().isInstanceOf(SendResult.NotSent.class);
    }

    @Test
    void asksAgainForWhatCouldNotBeReadBeforehand() throws Exception {
        write("a");
        likely.add("b");
        ask("a");
        runAll();
        assertThat(disk.waiting()).isZero();
        Files.writeString(directory.resolve("b"), "late");

        ask("b");
        runAll();

        assertThat(link.sent()).containsExactly("a", END, "b", END);
    }

    @Test
    void holdsNoMoreThanIsReadAtATime() throws Exception {
        write("a", "short");
        likely.addAll(List.of("b", "c"));
        for (String name : List.of("b", "c")) {
            Files.write(directory.resolve(name), new byte[MOST_BYTES - 100]);
        }
        ask("a");
        runAll();
        ask("short");
        runAll();
        delete("b", "c");

        ask("b");
        assertThat(link.sent()).contains("b");
        ask("c");
        runAll();

        assertThat(link.sent()).doesNotContain("c");
    }

    @Test
    void holdsNothingOfFilesThatHaveGrownBeyondThat() throws Exception {
        write("a", "b");
        Files.write(directory.resolve("b"), new byte[3 * MOST_BYTES]);
        grown = true;
        ask("a");
        runAll();
        delete("b");

        ask("b");
        runAll();

        assertThat(link.sent()).containsExactly("a", END);
    }

    private FileSender.QueuedFile queued(String name) {
        Path file = directory.resolve(name);
        try {
            long bytes = !grown && Files.isRegularFile(file) ? Files.size(file) : 1;
            return new FileSender.QueuedFile(RelativePath.of(name), bytes, opened -> name, results::add);
        } catch (IOException | PathRefusedException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private void write(String... names) throws IOException {
        for (String name : names) {
            Files.writeString(directory.resolve(name), "content of " + name + " ");
            if (!likely.contains(name)) {
                likely.add(name);
            }
        }
    }

    private void delete(String... names) throws IOException {
        for (String name : names) {
            Files.delete(directory.resolve(name));
        }
    }

    private void ask(String name) {
        asked.add(name);
        sender.proceed();
    }

    private void runAll() {
        boolean ran = true;
        while (ran) {
            ran = disk.runAll();
            ran |= link.ownerQueue().runAll();
        }
    }
}
