package org.sksync.files.store;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sksync.files.path.EscapedText;
import org.sksync.files.scan.SkipReason;

/** The one mapping from what the disk says to why a file was left out. */
public final class DiskProblem {
    private record Saying(String words, SkipReason reason) {}

    // Java has no types for these: the system's own words, those of POSIX and of Windows, are all there is.
    private static final List<Saying> SAYINGS = List.of(
            new Saying("no space left", SkipReason.NO_SPACE),
            new Saying("not enough space", SkipReason.NO_SPACE),
            new Saying("out of disk space", SkipReason.NO_SPACE),
            new Saying("quota exceeded", SkipReason.NO_SPACE),
            new Saying("read-only file system", SkipReason.READ_ONLY),
            new Saying("write protected", SkipReason.READ_ONLY),
            new Saying("name too long", SkipReason.TOO_LONG),
            new Saying("levels of symbolic links", SkipReason.LINK),
            new Saying("permission denied", SkipReason.PERMISSION),
            new Saying("operation not permitted", SkipReason.PERMISSION),
            new Saying("not a directory", SkipReason.NOT_A_FILE),
            new Saying("is a directory", SkipReason.NOT_A_FILE));

    private DiskProblem() {}

    /** Returns the reason that fits an error of the disk; {@link SkipReason#OTHER} if none does. */
    public static SkipReason of(IOException error) {
        if (error instanceof SkippedFileException skipped) {
            return skipped.reason();
        }
        if (error instanceof NoSuchFileException) {
            return SkipReason.VANISHED;
        }
        if (error instanceof AccessDeniedException) {
            return SkipReason.PERMISSION;
        }
        if (error instanceof FileSystemLoopException) {
            return SkipReason.LINK;
        }
        if (error instanceof NotDirectoryException
                || error instanceof DirectoryNotEmptyException
                || error instanceof FileAlreadyExistsException) {
            return SkipReason.NOT_A_FILE;
        }
        String words = systemWords(error);
        if (words != null) {
            String lowerCase = words.toLowerCase(Locale.ROOT);
            for (Saying saying : SAYINGS) {
                if (lowerCase.contains(saying.words())) {
                    return saying.reason();
                }
            }
        }
        return SkipReason.OTHER;
    }

    /**
     * Returns what is wrong in words, safe to log and never empty. The path on disk is not among them, even where the
     * error's own message is nothing else: whoever shows the words knows the path, or should not tell it.
     */
    public static String describe(IOException error) {
        String words = systemWords(error);
        if (words != null && !words.isBlank()) {
            return EscapedText.of(words);
        }
        return switch (of(error)) {
            case VANISHED -> "it is gone";
            case PERMISSION -> "permission denied";
            case NOT_A_FILE -> "something else has this name";
            case LINK -> "too many symbolic links";
            case NAME, TOO_LONG, READ_ONLY, NO_SPACE, CHANGED, TIME, GUARDED, REFUSED, OTHER ->
                "the disk gives no reason (" + error.getClass().getSimpleName() + ")";
        };
    }

    /** Returns what {@link #describe} does, and what to do about it where that is the same for every such error. */
    public static String describeWithAdvice(IOException error) {
        // A file that was left out on purpose says by itself what to do.
        return describe(error) + (error instanceof SkippedFileException ? "" : advice(of(error)));
    }

    private static String advice(SkipReason reason) {
        return switch (reason) {
            case PERMISSION -> "; change its owner or mode, or run this as another user";
            case READ_ONLY -> "; mount the disk for writing";
            case NO_SPACE -> "; make room";
            case TOO_LONG -> "; give it a shorter name";
            case VANISHED -> "; the next sync does without it";
            case NAME, LINK, NOT_A_FILE, CHANGED, TIME, GUARDED, REFUSED, OTHER -> "";
        };
    }

    private static @Nullable String systemWords(IOException error) {
        return error instanceof FileSystemException onPath ? onPath.getReason() : error.getMessage();
    }
}
