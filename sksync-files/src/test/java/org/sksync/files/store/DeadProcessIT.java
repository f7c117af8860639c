package org.sksync.files.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.ScanDepth;
import org.sksync.testkit.JavaProgram;

/** Two processes with one tree: what the one has under way is safe from the other until it dies, however it dies. */
class DeadProcessIT {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    Path root;

    /** The other process: begins to receive a file, and waits. */
    static final class Receiver {
        private Receiver() {}

        /** Receives into the directory that is named first. */
        public static void main(String[] arguments) throws Exception {
            Path root = Path.of(arguments[0]).toRealPath();
            try (TreeStore store = open(root);
                    IncomingFile file = store.receive(RelativePath.of("theirs"), Optional.empty())) {
                file.write(ByteBuffer.allocate(100_000));
                System.out.println("receiving");
                System.in.read();
                file.commit(0);
            }
        }
    }

    private static TreeStore open(Path root) throws IOException {
        return TreeStore.open(root, PlatformNames.current(), new PathLocks(), new SecureRandom(), TimeErrors.FAIL);
    }

    private JavaProgram startReceiver() throws IOException {
        JavaProgram other = JavaProgram.mainClass(Receiver.class.getName())
                .args(root.toString())
                .start();
        other.awaitLine(JavaProgram.Stream.OUT, "receiving", LIMIT);
        return other;
    }

    private void sync() throws Exception {
        Path real = root.toRealPath();
        try (TreeStore store = open(real);
                IncomingFile file = store.receive(RelativePath.of("ours"), Optional.empty())) {
            Tidying.tidy(real, ScanDepth.TREE, new PathLocks(), KeepReplaced.OFF, Instant.now(), () -> false);
            file.commit(0);
        }
        Files.delete(root.resolve("ours"));
    }

    private List<String> staged() throws IOException {
        try (Stream<Path> entries = Files.list(root.resolve(RelativePath.STAGING_NAME))) {
            return entries.map(entry -> entry.getFileName().toString()).toList();
        }
    }

    @Test
    void leavesALivingProcessItsFiles() throws Exception {
        try (JavaProgram other = startReceiver()) {
            List<String> before = staged();

            sync();

            assertThat(before).hasSize(2);
            assertThat(staged()).containsExactlyInAnyOrderElementsOf(before);
            other.type("\n");
            assertThat(other.exitCode(LIMIT)).isZero();
        }
        assertThat(root.resolve("theirs")).hasSize(100_000);
        assertThat(root.resolve(RelativePath.STAGING_NAME)).doesNotExist();
    }

    @Test
    void removesThoseOfAKilledOne() throws Exception {
        try (JavaProgram other = startReceiver()) {
            other.kill();
            other.exitCode(LIMIT);
        }
        assertThat(staged()).hasSize(2);

        sync();

        assertThat(root).isEmptyDirectory();
    }
}
