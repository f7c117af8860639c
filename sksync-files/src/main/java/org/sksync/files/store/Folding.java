package org.sksync.files.store;

import java.io.IOException;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.sksync.files.path.PathRefusedException;
import org.sksync.files.path.RelativePath;
import org.sksync.files.scan.FileEntry;
import org.sksync.files.scan.FileListing;
import org.sksync.files.scan.SkipReason;

/** What a disk makes of names that differ only in how they are spelled, found out by asking it. */
final class Folding {
    private Folding() {}

    /** Returns whether a listed file is found in other letters too; one that has letters is asked for. */
    static boolean isDoneBy(TreePaths paths, FileListing listed) throws IOException {
        for (FileEntry entry : listed.entries()) {
            Optional<RelativePath> other = inOtherLetters(entry.path());
            if (other.isPresent()) {
                return listed.find(other.get()).isEmpty() && isOneFile(paths, entry.path(), other.get());
            }
        }
        return false;
    }

    /** Returns what a file would meet that was not listed; see {@link TreeStore#inTheWay}. */
    static Optional<String> inTheWay(TreePaths paths, RelativePath unlisted) throws IOException {
        try {
            return found(paths, unlisted, true).isPresent()
                    ? Optional.of(
                            "this disk has a file of this name, or one that differs only in how it is spelled; rename one"
                                    + " of the two")
                    : Optional.empty();
        } catch (SkippedFileException e) {
            // Whatever else is in the way, a link or a file, is told when the file has come.
            return e.reason() == SkipReason.NAME ? Optional.of(e.getMessage()) : Optional.empty();
        }
    }

    /** Something else may have the other name without being listed: a directory, a link, an excluded file. */
    private static boolean isOneFile(TreePaths paths, RelativePath path, RelativePath other) throws IOException {
        try {
            Optional<BasicFileAttributes> one = found(paths, path, false);
            Optional<BasicFileAttributes> same = found(paths, other, false);
            return one.isPresent() && same.isPresent() && HeldDirectory.isSame(one.get(), same.get());
        } catch (SkippedFileException e) {
            return false;
        }
    }

    private static Optional<BasicFileAttributes> found(TreePaths paths, RelativePath path, boolean exactCase)
            throws IOException {
        Optional<TreePaths.Place> place = paths.forStoring(path, exactCase);
        return place.isPresent()
                ? place.get().directory().attributes(place.get().name())
                : Optional.empty();
    }

    private static Optional<RelativePath> inOtherLetters(RelativePath path) {
        String text = path.text();
        StringBuilder other = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean upper = c >= 'A' && c <= 'Z';
            boolean lower = c >= 'a' && c <= 'z';
            other.append(upper ? (char) (c + ('a' - 'A')) : lower ? (char) (c - ('a' - 'A')) : c);
        }
        try {
            return other.toString().equals(text) ? Optional.empty() : Optional.of(RelativePath.of(other.toString()));
        } catch (PathRefusedException e) {
            return Optional.empty();
        }
    }
}
