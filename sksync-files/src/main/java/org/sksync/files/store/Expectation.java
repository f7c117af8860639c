package org.sksync.files.store;

import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.SkipReason;

/** What has to be in a file's place so that it may be replaced: what was listed there, or nothing. */
final class Expectation {
    private Expectation() {}

    /**
     * Returns what is there, which is what is expected; empty if nothing is.
     *
     * @throws FileChangedException if it is not what was listed
     * @throws SkippedFileException if it is no regular file
     */
    static Optional<BasicFileAttributes> require(Optional<TreePaths.Place> target, Optional<FileEntry> expected)
            throws IOException {
        if (target.isEmpty()) {
            return Optional.empty();
        }
        Optional<BasicFileAttributes> found =
                target.get().directory().attributes(target.get().name());
        if (found.isEmpty()) {
            return found;
        }
        requireRegularFile(found.get());
        if (expected.isEmpty()) {
            throw new FileChangedException(
                    "a file of this name, or one that differs only in how it is spelled, appeared since the"
                            + " listing; sync again, and rename one of the two if this comes back");
        }
        FileEntry listed = expected.get();
        boolean sizeChanged = listed.size() != FileEntry.UNKNOWN_SIZE
                && listed.size() != found.get().size();
        if (sizeChanged
                || listed.mtimeMillis() != found.get().lastModifiedTime().toMillis()) {
            throw new FileChangedException("the file was changed since the listing; the next sync takes it along");
        }
        return found;
    }

    static void requireRegularFile(BasicFileAttributes found) throws SkippedFileException {
        if (found.isSymbolicLink()) {
            throw new SkippedFileException(
                    SkipReason.LINK, "it is a link, which is neither followed nor replaced; put a file in its place");
        }
        if (!found.isRegularFile()) {
            throw new SkippedFileException(
                    SkipReason.NOT_A_FILE,
                    "a directory, or something else that is no file, has this name; rename one of the two");
        }
    }
}
