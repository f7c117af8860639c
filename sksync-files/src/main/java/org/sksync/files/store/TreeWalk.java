package org.sksync.files.store;

import java.io.IOException;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.sksync.files.path.PlatformNames;
import org.sksync.files.scan.SkipReason;

/**
 * One walk over a tree, depth first and each directory opened in the one above it, so that no link is followed; those of
 * one directory in the order of their names, each with a slash behind it. A
 * directory stays open while one of those in it is still to be entered: at most {@link PlatformNames#MAX_DEPTH} at a
 * time, which the visitor sees to. Those that wait are a list of names, so depth costs no stack.
 */
final class TreeWalk {
    /** A directory that is being listed, its name and a slash, or empty for the first one, and how deep it lies. */
    record Level(HeldDirectory directory, String prefix, int depth) {}

    /** What is done on the way. */
    interface Visitor {
        /** Takes note that a directory is about to be listed: the first one, or one that lies in the last one entered. */
        default void entered(Level level) {}

        /** Looks at an entry, and returns whether it is a directory that is to be entered. */
        boolean visit(Level level, Path name) throws IOException;

        /** Takes note that a directory can't be read, or not to its end; its name ends in a slash. */
        void unreadable(String prefix, IOException error) throws IOException;

        /** Takes note that a directory that was entered is done with and closed. */
        default void left(Level parent, Path name) throws IOException {}
    }

    private record Open(Level level, Optional<Path> name, Deque<Path> pending) {}

    private final Visitor visitor;
    private final BooleanSupplier stopped;
    private final Deque<Open> way = new ArrayDeque<>();

    TreeWalk(Visitor visitor, BooleanSupplier stopped) {
        this.visitor = visitor;
        this.stopped = stopped;
    }

    /**
     * Walks over a directory, which stays open, and all below it.
     *
     * @throws AsynchronousCloseException if the walk is stopped
     * @throws IOException if the directory itself can't be read, or the visitor throws
     */
    void walk(HeldDirectory root) throws IOException {
        try {
            list(new Open(new Level(root, "", 0), Optional.empty(), new ArrayDeque<>()));
            while (!way.isEmpty()) {
                Open last = way.element();
                Path next = last.pending().pollFirst();
                if (next == null) {
                    leave();
                } else {
                    enter(last.level(), next);
                }
            }
        } finally {
            closeAll();
        }
    }

    private void leave() throws IOException {
        Open done = way.pop();
        if (done.name().isPresent()) {
            done.level().directory().close();
            visitor.left(way.element().level(), done.name().get());
        }
    }

    private void closeAll() {
        while (!way.isEmpty()) {
            Open left = way.pop();
            if (left.name().isPresent()) {
                left.level().directory().close();
            }
        }
    }

    private void enter(Level parent, Path name) throws IOException {
        String prefix = parent.prefix() + name + "/";
        try {
            // Seen a while ago: what is opened must not be a pipe by now.
            if (parent.directory()
                    .attributes(name)
                    .filter(HeldDirectory::isDirectory)
                    .isPresent()) {
                HeldDirectory directory = parent.directory().open(name);
                list(new Open(new Level(directory, prefix, parent.depth() + 1), Optional.of(name), new ArrayDeque<>()));
            }
        } catch (ClosedChannelException e) {
            throw e;
        } catch (NoSuchFileException | NotDirectoryException e) {
            // Vanished, or replaced by something else: no part of the tree now.
        } catch (IOException e) {
            if (DiskProblem.of(e) != SkipReason.LINK || !isLink(parent, name)) {
                visitor.unreadable(prefix, e);
            }
        }
    }

    private static boolean isLink(Level parent, Path name) {
        try {
            return parent.directory()
                    .attributes(name)
                    .filter(BasicFileAttributes::isSymbolicLink)
                    .isPresent();
        } catch (IOException e) {
            return false;
        }
    }

    private void list(Open entered) throws IOException {
        way.push(entered);
        visitor.entered(entered.level());
        requireNotStopped();
        List<Path> found = new ArrayList<>();
        try {
            entered.level().directory().list(name -> {
                requireNotStopped();
                if (visitor.visit(entered.level(), name)) {
                    found.add(name);
                }
            });
        } finally {
            // What was found before an error is entered all the same.
            found.sort(TreeWalk::compareAsDirectories);
            entered.pending().addAll(found);
        }
    }

    private static int compareAsDirectories(Path name, Path other) {
        String a = name.toString();
        String b = other.toString();
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            if (a.charAt(i) != b.charAt(i)) {
                return Character.compare(a.charAt(i), b.charAt(i));
            }
        }
        if (a.length() == b.length()) {
            return 0;
        }
        return a.length() < b.length()
                ? Character.compare('/', b.charAt(common))
                : Character.compare(a.charAt(common), '/');
    }

    private void requireNotStopped() throws AsynchronousCloseException {
        if (stopped.getAsBoolean()) {
            throw new AsynchronousCloseException();
        }
    }
}
