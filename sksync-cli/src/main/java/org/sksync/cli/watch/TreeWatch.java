package org.sksync.cli.watch;

import io.methvin.watcher.DirectoryChangeEvent;
import io.methvin.watcher.DirectoryChangeListener;
import io.methvin.watcher.DirectoryWatcher;
import io.methvin.watcher.visitor.FileTreeVisitor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A watch of a directory by the system's own means: inotify, FSEvents, or what Windows has. Removals are not told of:
 * there is nothing to sync of them.
 */
public final class TreeWatch implements FolderWatch {

    private final Path root;
    private final boolean recursive;
    private final Predicate<String> ignored;
    private final Listener listener;
    private final @Nullable Object rootKey;
    private final DirectoryWatcher watcher;
    private volatile boolean over;

    private TreeWatch(Path root, boolean recursive, Predicate<String> ignored, Listener listener) throws IOException {
        this.root = root;
        this.recursive = recursive;
        this.ignored = ignored;
        this.listener = listener;
        this.rootKey = key(root);
        this.watcher = DirectoryWatcher.builder()
                .path(root)
                .fileHashing(false)
                .fileTreeVisitor(new Visitor())
                .listener(new Hearing())
                .build();
    }

    /**
     * Begins to watch; when this returns, no change goes by unheard.
     *
     * @param root the directory's real path
     * @param recursive whether directories beneath are watched too
     * @param ignored tells of a part of a name that what bears it takes no part
     * @throws IOException if it can't be watched; the message is a sentence's end for the user
     */
    public static TreeWatch open(Path root, boolean recursive, Predicate<String> ignored, Listener listener)
            throws IOException {
        try {
            TreeWatch watch = new TreeWatch(root, recursive, ignored, listener);
            watch.begin();
            return watch;
        } catch (IOException e) {
            throw new IOException(explained(e), e);
        }
    }

    /** Returns whether the directory is still the one that is watched: another one may have its name by now. */
    public boolean watches(Path directory) {
        try {
            return !over && directory.equals(root) && Objects.equals(rootKey, key(directory));
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns what a file is told from another one by; empty where there is no file, or something else. */
    public static Optional<OwnWrites.State> state(Path file) {
        try {
            BasicFileAttributes now = Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            return now.isRegularFile()
                    ? Optional.of(new OwnWrites.State(
                            now.size(), now.lastModifiedTime().toMillis()))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        over = true;
        try {
            watcher.close();
        } catch (IOException e) {
            // It tells nobody any more, and ends with the process.
            return;
        }
    }

    private static @Nullable Object key(Path directory) throws IOException {
        return Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
    }

    private void begin() throws IOException {
        CompletableFuture<Void> running = watcher.watchAsync(loop -> {
            Thread thread = new Thread(loop, "sksync-changes");
            thread.setDaemon(true);
            thread.start();
        });
        if (running.isCompletedExceptionally()) {
            close();
            try {
                running.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof UncheckedIOException disk
                        ? disk.getCause()
                        : new IOException(String.valueOf(e.getCause()), e);
            }
        }
        running.whenComplete((nothing, failure) -> {
            if (!over) {
                over = true;
                listener.ended(Optional.ofNullable(failure).map(Throwable::toString));
            }
        });
    }

    /** Returns what a person can do, where there is something. */
    private static String explained(Exception cause) {
        String message = String.valueOf(cause.getMessage());
        if (message.contains("inotify watches")) {
            return "the system allows no more inotify watches; allow more with"
                    + " \"sudo sysctl fs.inotify.max_user_watches=524288\" (a line in /etc/sysctl.d keeps it)";
        }
        if (message.contains("inotify instances")) {
            return "the system allows no more inotify instances, or no more open files; allow more with"
                    + " \"sudo sysctl fs.inotify.max_user_instances=512\" (a line in /etc/sysctl.d keeps it)";
        }
        return message;
    }

    private boolean takesPart(Path path) {
        Path relative = root.relativize(path);
        if (!recursive && relative.getNameCount() > 1) {
            return false;
        }
        for (Path part : relative) {
            if (ignored.test(part.toString())) {
                return false;
            }
        }
        return true;
    }

    private final class Hearing implements DirectoryChangeListener {

        @Override
        public void onEvent(DirectoryChangeEvent event) {
            if (over) {
                return;
            }
            switch (event.eventType()) {
                case OVERFLOW -> listener.changedSomewhere();
                case CREATE, MODIFY -> {
                    if (!event.isDirectory() && takesPart(event.path())) {
                        listener.changed(event.path());
                    }
                }
                case DELETE -> {
                    // Nothing that the other side could be told.
                }
            }
        }

        @Override
        public void onException(Exception failure) {
            if (over) {
                return;
            }
            if (failure instanceof NoSuchFileException) {
                // A directory that came and went.
                listener.changedSomewhere();
                return;
            }
            TreeWatch.this.close();
            listener.ended(Optional.of(explained(failure)));
        }
    }

    /** Walks what takes part; what vanishes on the way is not missed. */
    private final class Visitor implements FileTreeVisitor {

        @Override
        public void recursiveVisitFiles(Path start, Callback onDirectory, Callback onFile) throws IOException {
            Files.walkFileTree(start, new SimpleFileVisitor<>() {

                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                        throws IOException {
                    if (!directory.equals(root) && (!recursive || !takesPart(directory))) {
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    try {
                        onDirectory.call(directory);
                    } catch (NoSuchFileException e) {
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    onFile.call(file);
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
                    return FileVisitResult.CONTINUE;
                }
            });
        }
    }
}
