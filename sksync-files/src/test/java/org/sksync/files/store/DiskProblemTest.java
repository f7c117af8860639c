package org.sksync.files.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sksync.files.scan.SkipReason;

class DiskProblemTest {
    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(new SkippedFileException(SkipReason.LINK, "x"), SkipReason.LINK),
                Arguments.of(new FileChangedException("x"), SkipReason.CHANGED),
                Arguments.of(new NoSuchFileException("a"), SkipReason.VANISHED),
                Arguments.of(new AccessDeniedException("a"), SkipReason.PERMISSION),
                Arguments.of(new FileSystemLoopException("a"), SkipReason.LINK),
                Arguments.of(new NotDirectoryException("a"), SkipReason.NOT_A_FILE),
                Arguments.of(new DirectoryNotEmptyException("a"), SkipReason.NOT_A_FILE),
                Arguments.of(new FileAlreadyExistsException("a"), SkipReason.NOT_A_FILE),
                Arguments.of(new IOException("No space left on device"), SkipReason.NO_SPACE),
                Arguments.of(onPath("No space left on device"), SkipReason.NO_SPACE),
                Arguments.of(onPath("Disk quota exceeded"), SkipReason.NO_SPACE),
                Arguments.of(onPath("There is not enough space on the disk"), SkipReason.NO_SPACE),
                Arguments.of(onPath("Read-only file system"), SkipReason.READ_ONLY),
                Arguments.of(onPath("The media is write protected"), SkipReason.READ_ONLY),
                Arguments.of(onPath("File name too long"), SkipReason.TOO_LONG),
                Arguments.of(onPath("Too many levels of symbolic links"), SkipReason.LINK),
                Arguments.of(onPath("Operation not permitted"), SkipReason.PERMISSION),
                Arguments.of(onPath("Not a directory"), SkipReason.NOT_A_FILE),
                Arguments.of(onPath("Is a directory"), SkipReason.NOT_A_FILE),
                Arguments.of(
                        new AtomicMoveNotSupportedException("a", "b", "Invalid cross-device link"), SkipReason.OTHER),
                Arguments.of(new IOException("Input/output error"), SkipReason.OTHER),
                Arguments.of(new IOException(), SkipReason.OTHER));
    }

    @ParameterizedTest
    @MethodSource("errors")
    void findsTheReasonOfAnError(IOException error, SkipReason reason) {
        assertThat(DiskProblem.of(error)).isEqualTo(reason);
        assertThat(DiskProblem.describe(error)).isNotBlank();
    }

    @Test
    void takesNoReasonFromTheNameOfAFile() {
        IOException error =
                new FileSystemException("/srv/no space left/read-only file system", null, "Input/output error");

        assertThat(DiskProblem.of(error)).isEqualTo(SkipReason.OTHER);
        assertThat(DiskProblem.describe(error)).isEqualTo("Input/output error");
    }

    @ParameterizedTest
    @MethodSource("pathsAlone")
    void putsIntoWordsWhatHasNothingButAPath(IOException error, String words) {
        assertThat(DiskProblem.describe(error)).isEqualTo(words);
    }

    static Stream<Arguments> pathsAlone() {
        return Stream.of(
                Arguments.of(new NoSuchFileException("/srv/a"), "it is gone"),
                Arguments.of(new AccessDeniedException("/srv/a"), "permission denied"),
                Arguments.of(new FileAlreadyExistsException("/srv/a"), "something else has this name"),
                Arguments.of(new FileSystemLoopException("/srv/a"), "too many symbolic links"),
                Arguments.of(new FileSystemException("/srv/a"), "the disk gives no reason (FileSystemException)"),
                Arguments.of(onPath(" "), "the disk gives no reason (FileSystemException)"),
                Arguments.of(new IOException(""), "the disk gives no reason (IOException)"),
                Arguments.of(onPath("line\nfeed"), "line\\u000afeed"));
    }

    private static FileSystemException onPath(String reason) {
        return new FileSystemException("/srv/a", null, reason);
    }
}
