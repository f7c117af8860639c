package org.sksync.cli.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.sksync.cli.watch.Changes;
import org.sksync.cli.watch.FolderWatch;
import org.sksync.cli.watch.OwnWrites;
import org.sksync.cli.watch.TreeWatch;
import org.sksync.config.ClientProfile;
import org.sksync.files.filter.ExcludeFilter;
import org.sksync.files.path.RelativePath;

/** The folder of a watched profile: locked and watched as long as it is there. Its profile's thread, but for the watch. */
final class WatchedFolder implements AutoCloseable {

    private final FolderLocks locks;
    private final Changes changes;
    private final WatchNews news;
    private final OwnWrites own = new OwnWrites();
    private FolderLocks.@Nullable Share share;
    private @Nullable TreeWatch watch;
    private volatile @Nullable Path root;
    private volatile @Nullable Path deafRoot;
    private volatile boolean deaf;

    WatchedFolder(FolderLocks locks, Changes changes, WatchNews news) {
        this.locks = locks;
        this.changes = changes;
        this.news = news;
    }

    /** Returns what syncs put into it. */
    OwnWrites own() {
        return own;
    }

    /**
     * Holds and watches the folder from now on, if it is there.
     *
     * @return whether it is there
     * @throws CommandFailure if another run syncs it
     */
    boolean present(ClientProfile profile) throws CommandFailure {
        Path real;
        try {
            real = profile.clientPath().toRealPath();
        } catch (IOException e) {
            close();
            return false;
        }
        if (!real.equals(root)) {
            close();
            share = locks.take(profile);
            root = real;
        }
        listen(real, profile);
        return true;
    }

    /** Returns whether changes in it are told of. */
    boolean isHeard() {
        return watch != null && !deaf;
    }

    /** Returns whether a file was changed by somebody else than the last sync. */
    boolean isChange(Path file) {
        Path folder = root;
        Optional<OwnWrites.State> now = TreeWatch.state(file);
        if (folder == null || now.isEmpty()) {
            return false;
        }
        String name = folder.relativize(file)
                .toString()
                .replace(folder.getFileSystem().getSeparator(), "/");
        return !own.left(name, now.get());
    }

    /** Returns how a file in it is, by its name with slashes; empty if it is not there. Any thread. */
    Optional<OwnWrites.State> state(String name) {
        Path folder = root;
        return folder == null ? Optional.empty() : TreeWatch.state(folder.resolve(name));
    }

    /** Returns what lets this process's own profiles of the folder take turns. */
    ReentrantLock turn() {
        FolderLocks.Share held = share;
        return held == null ? new ReentrantLock() : held.turn();
    }

    @Override
    public void close() {
        stopListening();
        if (share != null) {
            share.close();
            share = null;
        }
        root = null;
        deafRoot = null;
    }

    /** Forgets how it was watched: the profile has changed. */
    void stopListening() {
        if (watch != null) {
            watch.close();
            watch = null;
        }
        deafRoot = null;
    }

    private void listen(Path real, ClientProfile profile) {
        if ((watch != null && watch.watches(real)) || real.equals(deafRoot)) {
            return;
        }
        stopListening();
        deaf = false;
        ExcludeFilter excludes = ExcludeFilter.of(profile.excludePatterns());
        try {
            watch = TreeWatch.open(
                    real,
                    profile.recursive(),
                    part -> part.equals(RelativePath.STAGING_NAME) || excludes.excludesName(part),
                    new Hearing());
        } catch (IOException e) {
            deafRoot = real;
            news.deaf(real, String.valueOf(e.getMessage()));
        }
    }

    private final class Hearing implements FolderWatch.Listener {

        @Override
        public void changed(Path file) {
            changes.changed(file);
        }

        @Override
        public void changedSomewhere() {
            changes.changedSomewhere();
        }

        @Override
        public void ended(Optional<String> why) {
            deaf = true;
            Path folder = root;
            if (why.isPresent() && folder != null) {
                deafRoot = folder;
                news.deaf(folder, why.get());
            }
            // The sync that this brings sees whether the folder is gone, or hears what can't be heard any more.
            changes.changedSomewhere();
        }
    }
}
