package org.sksync.files.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    private static final byte[] NEW = "new".getBytes(UTF_8);

    @TempDir
    Path directory;

    @Test
    void createsAFile() throws Exception {
        AtomicFile.write(directory.resolve("a"), NEW);

        assertThat(directory.resolve("a")).hasBinaryContent(NEW);
        assertOnlyFiles("a");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void replacesAFileForItsOwnerOnly() throws Exception {
        Path file = Files.writeString(directory.resolve("a"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        AtomicFile.write(file, NEW);

        assertThat(file).hasBinaryContent(NEW);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertOnlyFiles("a");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void replacesWhatALinkPointsTo() throws Exception {
        Path real = Files.createDirectory(directory.resolve("real"));
        Files.writeString(real.resolve("a"), "old");
        Path link = Files.createSymbolicLink(directory.resolve("link"), Path.of("real/a"));
        Path dangling = Files.createSymbolicLink(directory.resolve("dangling"), Path.of("real/b"));

        AtomicFile.write(link, NEW);
        AtomicFile.write(dangling, NEW);

        assertThat(link).isSymbolicLink();
        assertThat(dangling).isSymbolicLink();
        assertThat(real.resolve("a")).hasBinaryContent(NEW);
        assertThat(real.resolve("b")).hasBinaryContent(NEW);
        assertOnlyFiles("real", "link", "dangling");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void refusesLinksThatLeadNowhere() throws Exception {
        Path loop = directory.resolve("loop");
        Files.createSymbolicLink(loop, loop);

        assertThatExceptionOfType(FileSystemLoopException.class).isThrownBy(() -> AtomicFile.write(loop, NEW));
        assertOnlyFiles("loop");
    }

    @Test
    void refusesADirectoryAndAMissingParent() throws Exception {
        Path target = Files.createDirectory(directory.resolve("dir"));

        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(() -> AtomicFile.write(target, NEW))
                .withMessageContaining("is no regular file");
        assertThatExceptionOfType(NoSuchFileException.class)
                .isThrownBy(() -> AtomicFile.write(directory.resolve("none/a"), NEW));
        assertOnlyFiles("dir");
    }

    private void assertOnlyFiles(String... names) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            assertThat(entries.map(entry -> entry.getFileName().toString())).containsExactlyInAnyOrder(names);
        }
    }
}
