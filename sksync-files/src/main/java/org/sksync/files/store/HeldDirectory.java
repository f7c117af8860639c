package org.sksync.files.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import org.sksync.files.path.EscapedText;
import org.sksync.files.scan.SkipReason;

/**
 * A directory of a synced tree that is held open, and all that is ever done in it.
 *
 * <p>A name is one part, as {@link #name} makes it or {@link #list} gives it, and stands for an entry of this directory:
 * no call follows a link, and none leads anywhere else, whoever moves or swaps what lies on the way to the directory
 * meanwhile. {@link HandleDirectory} keeps that to the letter, {@link PathDirectory} as far as its platform lets it.
 *
 * <p>All methods block. After {@link #close}, which may come from any thread, they throw an exception of the closed.
 */
sealed interface HeldDirectory extends Closeable permits HandleDirectory, PathDirectory {
    /** What is done with each entry of a directory. */
    @FunctionalInterface
    interface EntryVisitor {
        void visit(Path name) throws IOException;
    }

    /** Returns where the directory was when it was opened: for messages and locks, never to reach what is in it. */
    Path path();

    /** Returns the file system of the directory. */
    default FileSystem fileSystem() {
        return path().getFileSystem();
    }

    /**
     * Returns the name of an entry.
     *
     * @throws SkippedFileException if this platform has no such names
     */
    default Path name(String name) throws SkippedFileException {
        try {
            // What is no path on this platform, InvalidPathException says, which is such an exception too.
            return requireOnePart(fileSystem().getPath(name));
        } catch (IllegalArgumentException e) {
            throw new SkippedFileException(
                    SkipReason.NAME, "\"" + EscapedText.of(name) + "\" is no file name on this platform");
        }
    }

    /** Returns what has this name, a link included; empty if nothing has. */
    Optional<BasicFileAttributes> attributes(Path name) throws IOException;

    /** Returns whether the name stands for the directory that the other one holds. */
    boolean holds(Path name, HeldDirectory other) throws IOException;

    /** Returns whether it stays the directory that was opened, whoever moves or swaps it: whether it is a handle. */
    boolean isPinned();

    /** Calls the visitor for each entry, in any order. */
    void list(EntryVisitor visitor) throws IOException;

    /**
     * Opens a directory that was seen under this name just now; the caller closes it. A pipe of that name would block.
     *
     * @throws NoSuchFileException if it is gone
     * @throws NotDirectoryException if it is something else by now
     * @throws IOException if it is a link by now, or the disk fails
     */
    HeldDirectory open(Path name) throws IOException;

    /** Opens a regular file that was seen under this name just now; a pipe of that name would block. */
    FileChannel openForReading(Path name) throws IOException;

    /** Creates a file that must not exist, and that only its owner may read and write. */
    FileChannel create(Path name) throws IOException;

    /** Opens a regular file that was seen under this name just now, to lock it or to force it. */
    FileChannel openForLocking(Path name) throws IOException;

    /**
     * Gives a file another name in another directory, as {@link #createDirectory} makes one: by paths, and then looks
     * through the handle whether it is that file. What came out otherwise is removed again.
     *
     * @param known what the file is
     * @throws IOException if the disk can't, or something else was caught
     */
    void link(Path name, BasicFileAttributes known, HeldDirectory to, Path newName) throws IOException;

    /**
     * Creates a directory with the permissions that the platform gives to new ones. No system lets Java make one
     * through a handle, so this goes by {@link #path}, and a look through the handle then tells whether it came out
     * here: belongs into a directory that nobody else may rename.
     */
    void createDirectory(Path name) throws IOException;

    /** Creates a directory as {@link #createDirectory} does, for its owner only. */
    void createOwnerOnlyDirectory(Path name) throws IOException;

    /** Takes this directory away from everyone but its owner, as far as the disk keeps permissions and lets us. */
    void restrict() throws IOException;

    /** Returns whether an entry has the owner of this directory; true where there are no owners. */
    boolean ownsToo(Path name) throws IOException;

    /** Gives an entry of another directory the permissions of one here, if there is one, without setuid and setgid. */
    void copyPermissions(Path from, HeldDirectory to, Path name) throws IOException;

    void setModificationTime(Path name, long millis) throws IOException;

    /**
     * Moves an entry to a directory of the same kind in one step. A file there is replaced. Where a directory would be
     * replaced is for the caller to see first: some platforms do that, if it is empty.
     */
    void move(Path name, HeldDirectory to, Path newName) throws IOException;

    /** Deletes a file, or does nothing if none has this name. */
    void delete(Path name) throws IOException;

    /** Deletes a directory, or does nothing if it is gone or something is in it. */
    void deleteDirectoryIfEmpty(Path name) throws IOException;

    /**
     * Makes the entries of this directory durable, where the platform can. One that this user may write to but not read
     * can't be opened for it, and its entries are as durable as the disk makes them of itself.
     */
    void force() throws IOException;

    /** Closes the directory, whatever the system says to that: nothing was written through it. */
    @Override
    void close();

    /** Returns whether both are the same regular file, unchanged. */
    static boolean isSame(BasicFileAttributes before, BasicFileAttributes now) {
        return now.isRegularFile()
                && before.size() == now.size()
                && before.lastModifiedTime().equals(now.lastModifiedTime())
                && Objects.equals(before.fileKey(), now.fileKey());
    }

    /** Returns whether it is a directory and nothing else besides, as a Windows junction is. */
    static boolean isDirectory(BasicFileAttributes found) {
        return found.isDirectory() && !found.isOther() && !found.isSymbolicLink();
    }

    /** Returns whether an entry has exactly this name, where asking for it finds other cases too. */
    default boolean holdsExactly(String name) throws IOException {
        boolean[] found = new boolean[1];
        list(entry -> found[0] |= entry.toString().equals(name));
        return found[0];
    }

    /**
     * Returns the name as it is.
     *
     * @throws IllegalArgumentException if it could lead out of a directory
     */
    static Path requireOnePart(Path name) {
        String text = name.toString();
        // To have a path find its parts takes longer than a look for a slash, and this is asked several times a file.
        boolean onePart = name.getFileSystem().getSeparator().equals("/")
                ? text.indexOf('/') < 0
                : !name.isAbsolute() && name.getNameCount() == 1;
        if (!onePart || text.isEmpty() || text.equals(".") || text.equals("..")) {
            throw new IllegalArgumentException("name: \"" + EscapedText.of(text) + "\" (expected: one part of a path)");
        }
        return name;
    }
}
