package org.sksync.files.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A second name of a file is made by paths, so only where nobody else can change what the paths lead to. */
@EnabledOnOs(OS.LINUX)
class LinkReachTest {

    @TempDir
    private Path temp;

    private Path root;

    @BeforeEach
    void makeTree() throws IOException {
        root = temp.toRealPath();
        Files.createDirectories(root.resolve("way/from"));
        Files.createDirectories(root.resolve("to"));
        Files.writeString(root.resolve("way/from/file"), "x");
    }

    private void link() throws IOException {
        Disk disk = Disk.of(root.getFileSystem());
        try (HeldDirectory from = disk.hold(root.resolve("way/from"));
                HeldDirectory to = disk.hold(root.resolve("to"))) {
            Path name = from.name("file");
            BasicFileAttributes known = from.attributes(name).orElseThrow();
            from.link(name, known, to, to.name("second"));
        }
    }

    @Test
    void linksWhereNobodyElseMayRenameADirectory() throws Exception {
        link();

        assertThat(root.resolve("to/second")).hasContent("x");
    }

    @ParameterizedTest
    @CsvSource({"way, rwxrwxr-x", "way/from, rwxr-xrwx", "to, rwxrwx---"})
    void linksNothingWhereOthersMay(String directory, String mode) throws Exception {
        Files.setPosixFilePermissions(root.resolve(directory), PosixFilePermissions.fromString(mode));

        assertThatExceptionOfType(FileSystemException.class)
                .isThrownBy(this::link)
                .withMessageContaining("others may move a directory");

        assertThat(root.resolve("to")).isEmptyDirectory();
    }
}
