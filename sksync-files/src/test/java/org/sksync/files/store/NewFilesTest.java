package org.sksync.files.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NewFilesTest {

    private static final byte[] CONTENT = {1, 2, 3};

    @TempDir
    private Path directory;

    private Path path;

    @BeforeEach
    void choosePath() {
        path = directory.resolve("new");
    }

    @Test
    void createsAFileForItsOwnerAlone() throws Exception {
        NewFiles.create(path, CONTENT);

        assertThat(path).hasBinaryContent(CONTENT);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                .isEqualTo("rw-------");
    }

    @Test
    void leavesAFileThatIsThere() throws Exception {
        Files.writeString(path, "old");

        assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> NewFiles.create(path, CONTENT));

        assertThat(path).hasContent("old");
    }

    @Test
    void doesNotFollowALinkToWhatIsNotThere() throws Exception {
        Path target = directory.resolve("target");
        Files.createSymbolicLink(path, target);

        assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> NewFiles.create(path, CONTENT));

        assertThat(target).doesNotExist();
        assertThat(NewFiles.exists(path)).isTrue();
        assertThat(NewFiles.exists(target)).isFalse();
    }

    @Test
    void knowsADirectoryWithNothingInIt() throws Exception {
        assertThat(NewFiles.isEmptyDirectory(path)).isFalse();
        Files.createDirectory(path);
        assertThat(NewFiles.isEmptyDirectory(path)).isTrue();
        Files.writeString(path.resolve(".hidden"), "");
        assertThat(NewFiles.isEmptyDirectory(path)).isFalse();
        assertThat(NewFiles.isEmptyDirectory(path.resolve(".hidden"))).isFalse();
    }

    @Test
    void createsNoDirectoryForAFile() {
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> NewFiles.create(directory.resolve("none/new"), CONTENT));

        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void createsADirectoryWithThoseThatLeadToIt() throws Exception {
        assertThat(NewFiles.createDirectory(path.resolve("a/b"))).isTrue();
        assertThat(NewFiles.createDirectory(path.resolve("a/b"))).isFalse();

        assertThat(path.resolve("a/b")).isEmptyDirectory();
    }

    @Test
    void takesALinkToADirectoryForOne() throws Exception {
        Files.createSymbolicLink(path, Files.createDirectory(directory.resolve("real")));

        assertThat(NewFiles.createDirectory(path)).isFalse();
        assertThat(NewFiles.createDirectory(path.resolve("a"))).isTrue();
        assertThat(directory.resolve("real/a")).isDirectory();
    }

    @Test
    void makesNoDirectoryWhereAFileIs() throws Exception {
        Files.writeString(path, "old");

        assertThatExceptionOfType(FileAlreadyExistsException.class).isThrownBy(() -> NewFiles.createDirectory(path));

        assertThat(path).hasContent("old");
    }

    @Test
    void removesWhatWasMadeAndAddsWhatGoesWrongToTheFailure() throws Exception {
        NewFiles.create(path, CONTENT);
        IOException failure = new IOException("first");

        NewFiles.remove(path, failure);
        assertThat(path).doesNotExist();
        assertThat(failure).hasNoSuppressedExceptions();

        Files.createDirectories(path.resolve("full"));
        NewFiles.remove(path, failure);
        assertThat(failure.getSuppressed()).hasSize(1);
        assertThat(path.resolve("full")).isDirectory();
    }
}
