package org.sksync.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileStampTest {

    @TempDir
    private Path here;

    private Path file;
    private FileStamp before;

    @BeforeEach
    void stamp() throws IOException {
        file = Files.writeString(here.resolve("f"), "one");
        before = FileStamp.of(file);
    }

    @Test
    void staysWhileTheFileDoes() {
        assertThat(FileStamp.of(file)).isEqualTo(before);
    }

    @Test
    void differsAfterTheFileWasWritten() throws IOException {
        Files.writeString(file, "three");

        assertThat(FileStamp.of(file)).isNotEqualTo(before);
    }

    @Test
    void differsAfterAnotherFileOfTheSameLengthAndTimeTookItsPlace() throws IOException {
        FileTime time = Files.getLastModifiedTime(file);
        Path other = Files.writeString(here.resolve("g"), "two");
        Files.setLastModifiedTime(other, time);
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING);

        assertThat(FileStamp.of(file)).isNotEqualTo(before);
    }

    @Test
    void differsAfterItsModeWasChanged() throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));

        assertThat(FileStamp.of(file)).isNotEqualTo(before);
    }

    @Test
    void differsWhenALinkLeadsElsewhere() throws IOException {
        Path other = Files.writeString(here.resolve("g"), "two");
        Path link = Files.createSymbolicLink(here.resolve("link"), file);
        FileStamp first = FileStamp.of(link);
        Files.delete(link);
        Files.createSymbolicLink(link, other);

        assertThat(FileStamp.of(link)).isNotEqualTo(first);
    }

    @Test
    void tellsThatAFileIsMissing() throws IOException {
        Files.delete(file);

        FileStamp missing = FileStamp.of(file);

        assertThat(missing).isNotEqualTo(before).isEqualTo(FileStamp.of(file));
    }
}
